using System.Text;
using MimeKit.Encodings;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>The media type of a part with its parameters.</summary>
public class ContentType
{
    /// <summary>Makes a media type.</summary>
    public ContentType(string mediaType, string mediaSubtype)
    {
        MediaType = Checked(mediaType, nameof(mediaType));
        MediaSubtype = Checked(mediaSubtype, nameof(mediaSubtype));
        Parameters.Changed = () => Changed?.Invoke();
    }

    /// <summary>The type: the part before the slash.</summary>
    public string MediaType { get; }

    /// <summary>The subtype: the part after the slash.</summary>
    public string MediaSubtype { get; }

    /// <summary>The parameters.</summary>
    public ParameterList Parameters { get; } = [];

    /// <summary>Type and subtype.</summary>
    public string MimeType => $"{MediaType}/{MediaSubtype}";

    /// <summary>The boundary of a multipart.</summary>
    public string? Boundary
    {
        get => Parameters["boundary"];
        set => Parameters["boundary"] = value;
    }

    /// <summary>The charset of a text.</summary>
    public string? Charset
    {
        get => Parameters["charset"];
        set => Parameters["charset"] = value;
    }

    /// <summary>The charset of a text; null when it names none or an unknown one.</summary>
    public Encoding? CharsetEncoding
    {
        get => Charsets.Find(Charset);
        set => Charset = value is null ? null : Charsets.NameOf(value);
    }

    /// <summary>The name of the content.</summary>
    public string? Name
    {
        get => Parameters["name"];
        set => Parameters["name"] = value;
    }

    /// <summary>The format of a text, such as flowed.</summary>
    public string? Format
    {
        get => Parameters["format"];
        set => Parameters["format"] = value;
    }

    internal Action? Changed { get; set; }

    /// <summary>Reads a media type.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ContentType? type)
    {
        type = null;
        var parameters = new ParameterList();
        if (text is null
            || ParameterReader.Read(EncodedWordReader.Unfold(text), parameters).Split('/') is not [var first, var second]
            || !Parameter.IsToken(first.Trim())
            || !Parameter.IsToken(second.Trim()))
        {
            return false;
        }

        type = new ContentType(first.Trim(), second.Trim());
        foreach (var parameter in parameters)
        {
            type.Parameters.Add(parameter);
        }

        return true;
    }

    /// <summary>Reads a media type.</summary>
    public static ContentType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var type) ? type : throw new ParseException("This is no media type.", 0, 0);
    }

    /// <summary>Whether it is this type; a star stands for any.</summary>
    public bool IsMimeType(string mediaType, string mediaSubtype) => IsOrAny(mediaType, MediaType) && IsOrAny(mediaSubtype, MediaSubtype);

    /// <inheritdoc />
    public override string ToString() => $"Content-Type: {MimeType}{Parameters}";

    private static bool IsOrAny(string asked, string actual) =>
        asked == "*" || asked.Equals(actual, StringComparison.OrdinalIgnoreCase);

    private static string Checked(string token, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(token, name);
        return Parameter.IsToken(token) ? token : throw new ArgumentException("Illegal characters in a media type.", name);
    }
}
