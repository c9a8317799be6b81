package locale

// zoneName is the long English name of a common time zone, or "".
func zoneName(abbr string) string {
	switch abbr {
	case "UTC":
		return "Coordinated Universal Time"
	case "GMT":
		return "Greenwich Mean Time"
	case "AKDT":
		return "Alaska Daylight Time"
	case "AKST":
		return "Alaska Standard Time"
	case "CDT":
		return "Central Daylight Time"
	case "EDT":
		return "Eastern Daylight Time"
	case "EST":
		return "Eastern Standard Time"
	case "MDT":
		return "Mountain Daylight Time"
	case "MST":
		return "Mountain Standard Time"
	case "PDT":
		return "Pacific Daylight Time"
	case "PST":
		return "Pacific Standard Time"
	case "HST":
		return "Hawaii-Aleutian Standard Time"
	case "WET":
		return "Western European Standard Time"
	case "WEST":
		return "Western European Summer Time"
	case "CET":
		return "Central European Standard Time"
	case "CEST":
		return "Central European Summer Time"
	case "EET":
		return "Eastern European Standard Time"
	case "EEST":
		return "Eastern European Summer Time"
	case "BST":
		return "British Summer Time"
	case "JST":
		return "Japan Standard Time"
	case "AEST":
		return "Australian Eastern Standard Time"
	case "AEDT":
		return "Australian Eastern Daylight Time"
	case "NZST":
		return "New Zealand Standard Time"
	case "NZDT":
		return "New Zealand Daylight Time"
	}
	return ""
}
