package htmlscan

// Code says what a parse error is.
type Code uint8

// The parse errors. Their names are close to those of the standard (section 13.2.2).
const (
	None               Code = iota
	AbruptComment           // <!--> or <!--->
	AttributeName           // ", ' or < in a name
	BadComment              // <! and something else
	BadCommentEnd           // --!>
	BadReference            // &#0;
	BadTagStart             // < before something else than a letter
	CdataInHTML             // outside of SVG and MathML
	DuplicateAttribute      //
	EndTagAttributes        //
	EndTagSolidus           // </a/>
	EOFInCdata              //
	EOFInComment            //
	EOFInDoctype            //
	EOFInTag                // also in the quotes of an attribute
	EqualsSign              // before a name
	MissingEndTagName       // </>
	MissingSemicolon        // &amp
	MissingSpace            // between attributes
	MissingValue            // a=>
	NestedComment           //
	NoDigits                // &#;
	NullCharacter           // in a tag
	QuestionMark            // <?
	SolidusInTag            // <a / b>
	UnknownReference        // &nosuch;
	UnquotedValue           // ", ', <, = or ` in a value without quotes
)
