package check

import "sync"

// An elem is an element of HTML that there is, or was.
type elem uint8

const (
	eNone elem = iota // a custom element, one of SVG or MathML, or one that there is not
	eA
	eAbbr
	eAddress
	eArea
	eArticle
	eAside
	eAudio
	eB
	eBase
	eBdi
	eBdo
	eBlockquote
	eBody
	eBr
	eButton
	eCanvas
	eCaption
	eCite
	eCode
	eCol
	eColgroup
	eData
	eDatalist
	eDd
	eDel
	eDetails
	eDfn
	eDialog
	eDiv
	eDl
	eDt
	eEm
	eEmbed
	eFieldset
	eFigcaption
	eFigure
	eFooter
	eForm
	eH1
	eH2
	eH3
	eH4
	eH5
	eH6
	eHead
	eHeader
	eHgroup
	eHr
	eHTML
	eI
	eIframe
	eImg
	eInput
	eIns
	eKbd
	eLabel
	eLegend
	eLi
	eLink
	eMain
	eMap
	eMark
	eMath
	eMenu
	eMeta
	eMeter
	eNav
	eNoscript
	eObject
	eOl
	eOptgroup
	eOption
	eOutput
	eP
	eParam
	ePicture
	ePre
	eProgress
	eQ
	eRp
	eRt
	eRuby
	eS
	eSamp
	eScript
	eSearch
	eSection
	eSelect
	eSlot
	eSmall
	eSource
	eSpan
	eStrong
	eStyle
	eSub
	eSummary
	eSup
	eSvg
	eTable
	eTbody
	eTd
	eTemplate
	eTextarea
	eTfoot
	eTh
	eThead
	eTime
	eTitle
	eTr
	eTrack
	eU
	eUl
	eVar
	eVideo
	eWbr
	// Those that are obsolete.
	eAcronym
	eApplet
	eBasefont
	eBgsound
	eBig
	eBlink
	eCenter
	eDir
	eFont
	eFrame
	eFrameset
	eListing
	eMarquee
	eNobr
	eNoembed
	eNoframes
	ePlaintext
	eRb
	eRtc
	eSpacer
	eStrike
	eTt
	eXmp
	elems
)

// traits are what the standard says of an element.
type traits uint32

const (
	flow       traits = 1 << iota // may stand where flow content is expected, with certain parents only if it has none of these
	phrasing                      // and where phrasing content is
	metadata                      // and in the head
	void                          // has neither content nor end tag
	rawText                       // its content is text
	references                    // in which character references are read
	implied                       // its end tag may be left out
	closesP                       // its start tag ends a paragraph
	formatting                    // is opened again when it was closed too early
	special                       // ends only with its own end tag, whatever lies in it
	boundary                      // nothing outside of it is in scope
	heading
	sectioning
	interactive
	obsolete
)

// A model is what an element may hold.
type model uint8

const (
	holdsFlow model = iota
	holdsPhrasing
	holdsSame // what its parent may hold
	holdsAny
	holdsText
	holdsItems
	holdsTerms
	holdsTable
	holdsRows
	holdsCells
	holdsColumns
	holdsOptions
	holdsSources
	holdsMetadata
	holdsHeadings // one heading and paragraphs
)

type element struct {
	name string
	traits
	model
}

const (
	inline  = flow | phrasing
	block   = flow | closesP | special
	section = block | sectioning
	legacy  = inline | obsolete
)

// elements are ordered as the constants.
var elements = [elems]element{
	eNone:       {"", inline, holdsAny},
	eA:          {"a", inline | formatting | interactive, holdsSame},
	eAbbr:       {"abbr", inline, holdsPhrasing},
	eAddress:    {"address", block, holdsFlow},
	eArea:       {"area", inline | void | special, holdsFlow},
	eArticle:    {"article", section, holdsFlow},
	eAside:      {"aside", section, holdsFlow},
	eAudio:      {"audio", inline, holdsSame},
	eB:          {"b", inline | formatting, holdsPhrasing},
	eBase:       {"base", metadata | void | special, holdsFlow},
	eBdi:        {"bdi", inline, holdsPhrasing},
	eBdo:        {"bdo", inline, holdsPhrasing},
	eBlockquote: {"blockquote", block, holdsFlow},
	eBody:       {"body", special, holdsFlow},
	eBr:         {"br", inline | void | special, holdsFlow},
	eButton:     {"button", inline | special | interactive, holdsPhrasing},
	eCanvas:     {"canvas", inline, holdsSame},
	eCaption:    {"caption", implied | special | boundary, holdsFlow},
	eCite:       {"cite", inline, holdsPhrasing},
	eCode:       {"code", inline | formatting, holdsPhrasing},
	eCol:        {"col", void | special, holdsFlow},
	eColgroup:   {"colgroup", implied | special, holdsColumns},
	eData:       {"data", inline, holdsPhrasing},
	eDatalist:   {"datalist", inline, holdsOptions},
	eDd:         {"dd", implied | special, holdsFlow},
	eDel:        {"del", inline, holdsSame},
	eDetails:    {"details", block | interactive, holdsFlow},
	eDfn:        {"dfn", inline, holdsPhrasing},
	eDialog:     {"dialog", flow | closesP, holdsFlow},
	eDiv:        {"div", block, holdsFlow},
	eDl:         {"dl", block, holdsTerms},
	eDt:         {"dt", implied | special, holdsFlow},
	eEm:         {"em", inline | formatting, holdsPhrasing},
	eEmbed:      {"embed", inline | void | special | interactive, holdsFlow},
	eFieldset:   {"fieldset", block, holdsFlow},
	eFigcaption: {"figcaption", closesP | special, holdsFlow},
	eFigure:     {"figure", block, holdsFlow},
	eFooter:     {"footer", block, holdsFlow},
	eForm:       {"form", block, holdsFlow},
	eH1:         {"h1", block | heading, holdsPhrasing},
	eH2:         {"h2", block | heading, holdsPhrasing},
	eH3:         {"h3", block | heading, holdsPhrasing},
	eH4:         {"h4", block | heading, holdsPhrasing},
	eH5:         {"h5", block | heading, holdsPhrasing},
	eH6:         {"h6", block | heading, holdsPhrasing},
	eHead:       {"head", special, holdsMetadata},
	eHeader:     {"header", block, holdsFlow},
	eHgroup:     {"hgroup", block | heading, holdsHeadings},
	eHr:         {"hr", block | void, holdsFlow},
	eHTML:       {"html", special | boundary, holdsAny},
	eI:          {"i", inline | formatting, holdsPhrasing},
	eIframe:     {"iframe", inline | special | rawText | interactive, holdsText},
	eImg:        {"img", inline | void | special, holdsFlow},
	eInput:      {"input", inline | void | special, holdsFlow},
	eIns:        {"ins", inline, holdsSame},
	eKbd:        {"kbd", inline, holdsPhrasing},
	eLabel:      {"label", inline | interactive, holdsPhrasing},
	eLegend:     {"legend", 0, holdsPhrasing},
	eLi:         {"li", implied | special, holdsFlow},
	eLink:       {"link", inline | metadata | void | special, holdsFlow},
	eMain:       {"main", block, holdsFlow},
	eMap:        {"map", inline, holdsSame},
	eMark:       {"mark", inline, holdsPhrasing},
	eMath:       {"math", inline, holdsAny},
	eMenu:       {"menu", block, holdsItems},
	eMeta:       {"meta", inline | metadata | void | special, holdsFlow},
	eMeter:      {"meter", inline, holdsPhrasing},
	eNav:        {"nav", section, holdsFlow},
	eNoscript:   {"noscript", inline | metadata | special, holdsAny},
	eObject:     {"object", inline | special | boundary, holdsSame},
	eOl:         {"ol", block, holdsItems},
	eOptgroup:   {"optgroup", implied, holdsAny},
	eOption:     {"option", implied, holdsAny},
	eOutput:     {"output", inline, holdsPhrasing},
	eP:          {"p", block | implied, holdsPhrasing},
	eParam:      {"param", void | special | obsolete, holdsFlow},
	ePicture:    {"picture", inline, holdsSources},
	ePre:        {"pre", block, holdsPhrasing},
	eProgress:   {"progress", inline, holdsPhrasing},
	eQ:          {"q", inline, holdsPhrasing},
	eRp:         {"rp", implied, holdsText},
	eRt:         {"rt", implied, holdsPhrasing},
	eRuby:       {"ruby", inline, holdsPhrasing},
	eS:          {"s", inline | formatting, holdsPhrasing},
	eSamp:       {"samp", inline, holdsPhrasing},
	eScript:     {"script", inline | metadata | rawText | special, holdsText},
	eSearch:     {"search", block, holdsFlow},
	eSection:    {"section", section, holdsFlow},
	eSelect:     {"select", inline | special | boundary | interactive, holdsAny},
	eSlot:       {"slot", inline, holdsSame},
	eSmall:      {"small", inline | formatting, holdsPhrasing},
	eSource:     {"source", void | special, holdsFlow},
	eSpan:       {"span", inline, holdsPhrasing},
	eStrong:     {"strong", inline | formatting, holdsPhrasing},
	eStyle:      {"style", metadata | rawText | special, holdsText},
	eSub:        {"sub", inline, holdsPhrasing},
	eSummary:    {"summary", closesP | special, holdsPhrasing},
	eSup:        {"sup", inline, holdsPhrasing},
	eSvg:        {"svg", inline, holdsAny},
	eTable:      {"table", block | boundary, holdsTable},
	eTbody:      {"tbody", implied | special, holdsRows},
	eTd:         {"td", implied | special | boundary, holdsFlow},
	eTemplate:   {"template", inline | metadata | special | boundary, holdsAny},
	eTextarea:   {"textarea", inline | rawText | references | special | interactive, holdsText},
	eTfoot:      {"tfoot", implied | special, holdsRows},
	eTh:         {"th", implied | special | boundary, holdsFlow},
	eThead:      {"thead", implied | special, holdsRows},
	eTime:       {"time", inline, holdsPhrasing},
	eTitle:      {"title", metadata | rawText | references | special, holdsText},
	eTr:         {"tr", implied | special, holdsCells},
	eTrack:      {"track", void | special, holdsFlow},
	eU:          {"u", inline | formatting, holdsPhrasing},
	eUl:         {"ul", block, holdsItems},
	eVar:        {"var", inline, holdsPhrasing},
	eVideo:      {"video", inline, holdsSame},
	eWbr:        {"wbr", inline | void | special, holdsFlow},

	eAcronym:   {"acronym", legacy, holdsAny},
	eApplet:    {"applet", legacy | special | boundary, holdsAny},
	eBasefont:  {"basefont", legacy | metadata | void | special, holdsAny},
	eBgsound:   {"bgsound", legacy | metadata | void | special, holdsAny},
	eBig:       {"big", legacy | formatting, holdsAny},
	eBlink:     {"blink", legacy, holdsAny},
	eCenter:    {"center", block | obsolete, holdsFlow},
	eDir:       {"dir", block | obsolete, holdsItems},
	eFont:      {"font", legacy | formatting, holdsAny},
	eFrame:     {"frame", obsolete | void | special, holdsAny},
	eFrameset:  {"frameset", obsolete | special, holdsAny},
	eListing:   {"listing", block | obsolete, holdsAny},
	eMarquee:   {"marquee", legacy | special | boundary, holdsAny},
	eNobr:      {"nobr", legacy | formatting, holdsAny},
	eNoembed:   {"noembed", legacy | rawText | special, holdsText},
	eNoframes:  {"noframes", legacy | metadata | rawText | special, holdsText},
	ePlaintext: {"plaintext", block | obsolete | rawText, holdsText},
	eRb:        {"rb", implied | obsolete, holdsAny},
	eRtc:       {"rtc", implied | obsolete, holdsAny},
	eSpacer:    {"spacer", legacy, holdsAny},
	eStrike:    {"strike", legacy | formatting, holdsAny},
	eTt:        {"tt", legacy | formatting, holdsAny},
	eXmp:       {"xmp", block | obsolete | rawText, holdsText},
}

var elementsByName = sync.OnceValue(func() map[string]elem {
	m := make(map[string]elem, elems)
	for e := eNone + 1; e < elems; e++ {
		m[elements[e].name] = e
	}
	m["image"] = eImg
	return m
})

func (e elem) is(t traits) bool { return elements[e].traits&t != 0 }
