namespace MimeKit;

/// <summary>How messages are written.</summary>
public class FormatOptions
{
    /// <summary>The options where none are given; they cannot be changed.</summary>
    public static readonly FormatOptions Default = new() { _isReadOnly = true };

    internal const int MaxLine = 78;

    private bool _isReadOnly;
    private NewLineFormat _newLineFormat = Environment.NewLine.Length == 1 ? NewLineFormat.Unix : NewLineFormat.Dos;
    private bool _international;

    /// <summary>How lines end; that of the platform by default.</summary>
    public NewLineFormat NewLineFormat
    {
        get => _newLineFormat;
        set
        {
            ThrowIfReadOnly();
            _newLineFormat = value == NewLineFormat.Mixed ? throw new ArgumentOutOfRangeException(nameof(value)) : value;
        }
    }

    /// <summary>Whether headers and addresses may hold UTF-8 (RFC 6532).</summary>
    public bool International
    {
        get => _international;
        set
        {
            ThrowIfReadOnly();
            _international = value;
        }
    }

    internal string NewLine => _newLineFormat == NewLineFormat.Unix ? "\n" : "\r\n";

    /// <summary>A copy that can be changed.</summary>
    public FormatOptions Clone() => new() { _newLineFormat = _newLineFormat, _international = _international };

    private void ThrowIfReadOnly()
    {
        if (_isReadOnly)
        {
            throw new InvalidOperationException("The default formatting options cannot be changed.");
        }
    }
}
