using System.Collections.Frozen;

namespace Lmtp.Server.Mime.Html;

/// <summary>What the parser has to know about tags.</summary>
internal static class HtmlTags
{
    private static readonly FrozenDictionary<string, HtmlTag> ByName = Enum.GetValues<HtmlTag>()
        .Where(static tag => tag != HtmlTag.Other)
        .ToFrozenDictionary(static tag => tag == HtmlTag.AnnotationXml ? "annotation-xml" : tag.ToString().ToLowerInvariant());

    private static readonly FrozenDictionary<string, HtmlTag>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<HtmlTag> Void = FrozenSet.Create(
        HtmlTag.Area, HtmlTag.Base, HtmlTag.Basefont, HtmlTag.Br, HtmlTag.Col, HtmlTag.Command, HtmlTag.Embed,
        HtmlTag.Frame, HtmlTag.Hr, HtmlTag.Img, HtmlTag.Input, HtmlTag.Isindex, HtmlTag.Keygen, HtmlTag.Link,
        HtmlTag.Meta, HtmlTag.Param, HtmlTag.Source, HtmlTag.Track, HtmlTag.Wbr);

    /// <summary>The number of values of <see cref="HtmlTag"/>.</summary>
    public const int Count = (int)HtmlTag.Xmp + 1;

    // As fields, because lists of an enumeration would be made anew each time.
    private static readonly HtmlTag[] RowAndCells = [HtmlTag.Tr, HtmlTag.Th, HtmlTag.Td];
    private static readonly HtmlTag[] HeaderCell = [HtmlTag.Th];
    private static readonly HtmlTag[] HeadAndCells = [HtmlTag.Thead, HtmlTag.Th, HtmlTag.Td];
    private static readonly HtmlTag[] HeadElements = [HtmlTag.Head, HtmlTag.Link, HtmlTag.Script];
    private static readonly HtmlTag[] ListItem = [HtmlTag.Li];
    private static readonly HtmlTag[] Option = [HtmlTag.Option];
    private static readonly HtmlTag[] OptionGroup = [HtmlTag.Optgroup, HtmlTag.Option];
    private static readonly HtmlTag[] Definition = [HtmlTag.Dd, HtmlTag.Dt];
    private static readonly HtmlTag[] RubyText = [HtmlTag.Rt, HtmlTag.Rp];
    private static readonly HtmlTag[] TableBodies = [HtmlTag.Thead, HtmlTag.Tbody];
    private static readonly HtmlTag[] Paragraph = [HtmlTag.P];
    private static readonly HtmlTag[] FormControls =
    [
        HtmlTag.Input, HtmlTag.Option, HtmlTag.Optgroup, HtmlTag.Select, HtmlTag.Button, HtmlTag.Datalist, HtmlTag.Textarea,
    ];

    /// <summary>The tag of a name in lower case.</summary>
    public static HtmlTag Find(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out var tag) ? tag : HtmlTag.Other;

    /// <summary>Whether an element can have no content.</summary>
    public static bool IsVoid(HtmlTag tag) => Void.Contains(tag);

    /// <summary>Whether self-closing tags are honoured inside.</summary>
    public static bool IsForeign(HtmlTag tag) => tag is HtmlTag.Math or HtmlTag.Svg;

    /// <summary>Whether HTML's rules apply again inside, when it stands in foreign content.</summary>
    public static bool IsIntegrationPoint(HtmlTag tag) =>
        tag is HtmlTag.Mi or HtmlTag.Mo or HtmlTag.Mn or HtmlTag.Ms or HtmlTag.Mtext or HtmlTag.AnnotationXml
            or HtmlTag.Foreignobject or HtmlTag.Desc or HtmlTag.Title;

    /// <summary>The innermost open elements that a new element ends.</summary>
    public static ReadOnlySpan<HtmlTag> EndedBy(HtmlTag tag) => tag switch
    {
        HtmlTag.Tr => RowAndCells,
        HtmlTag.Th => HeaderCell,
        HtmlTag.Td => HeadAndCells,
        HtmlTag.Body => HeadElements,
        HtmlTag.Li => ListItem,
        HtmlTag.Option => Option,
        HtmlTag.Optgroup => OptionGroup,
        HtmlTag.Dd or HtmlTag.Dt => Definition,
        HtmlTag.Rt or HtmlTag.Rp => RubyText,
        HtmlTag.Tbody or HtmlTag.Tfoot => TableBodies,
        HtmlTag.Select or HtmlTag.Input or HtmlTag.Output or HtmlTag.Button or HtmlTag.Datalist or HtmlTag.Textarea => FormControls,
        HtmlTag.P or HtmlTag.H1 or HtmlTag.H2 or HtmlTag.H3 or HtmlTag.H4 or HtmlTag.H5 or HtmlTag.H6
            or HtmlTag.Address or HtmlTag.Article or HtmlTag.Aside or HtmlTag.Blockquote or HtmlTag.Details or HtmlTag.Div
            or HtmlTag.Dl or HtmlTag.Fieldset or HtmlTag.Figcaption or HtmlTag.Figure or HtmlTag.Footer or HtmlTag.Form
            or HtmlTag.Header or HtmlTag.Hr or HtmlTag.Main or HtmlTag.Nav or HtmlTag.Ol or HtmlTag.Pre or HtmlTag.Section
            or HtmlTag.Table or HtmlTag.Ul => Paragraph,
        _ => [],
    };
}
