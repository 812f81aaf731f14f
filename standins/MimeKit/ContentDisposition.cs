using MimeKit.Encodings;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>How a part is to be shown (RFC 2183).</summary>
public class ContentDisposition
{
    /// <summary>To be saved.</summary>
    public const string Attachment = "attachment";

    /// <summary>A field of a form.</summary>
    public const string FormData = "form-data";

    /// <summary>To be shown where it stands.</summary>
    public const string Inline = "inline";

    private string _disposition;

    /// <summary>Makes a disposition.</summary>
    public ContentDisposition(string disposition)
    {
        _disposition = Checked(disposition);
        Parameters.Changed = () => Changed?.Invoke();
    }

    /// <summary>Makes an attachment.</summary>
    public ContentDisposition()
        : this(Attachment)
    {
    }

    /// <summary>The disposition.</summary>
    public string Disposition
    {
        get => _disposition;
        set
        {
            _disposition = Checked(value);
            Changed?.Invoke();
        }
    }

    /// <summary>Whether it is an attachment.</summary>
    public bool IsAttachment
    {
        get => Disposition.Equals(Attachment, StringComparison.OrdinalIgnoreCase);
        set => Disposition = value ? Attachment : Inline;
    }

    /// <summary>The parameters.</summary>
    public ParameterList Parameters { get; } = [];

    /// <summary>The name of the file.</summary>
    public string? FileName
    {
        get => Parameters["filename"];
        set => Parameters["filename"] = value;
    }

    internal Action? Changed { get; set; }

    /// <summary>Reads a disposition.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ContentDisposition? disposition)
    {
        disposition = null;
        var parameters = new ParameterList();
        if (text is null || ParameterReader.Read(EncodedWordReader.Unfold(text), parameters) is var value && !Parameter.IsToken(value))
        {
            return false;
        }

        disposition = new ContentDisposition(value);
        foreach (var parameter in parameters)
        {
            disposition.Parameters.Add(parameter);
        }

        return true;
    }

    /// <inheritdoc />
    public override string ToString() => $"Content-Disposition: {Disposition}{Parameters}";

    private static string Checked(string disposition)
    {
        ArgumentException.ThrowIfNullOrEmpty(disposition);
        return Parameter.IsToken(disposition)
            ? disposition
            : throw new ArgumentException("Illegal characters in a disposition.", nameof(disposition));
    }
}
