using System.Text;

namespace MimeKit.Encodings;

/// <summary>Joins words to a header's value with lines of at most 78 characters, as far as there are places to fold.</summary>
internal sealed class HeaderFolder
{
    private readonly StringBuilder _output = new();
    private readonly string _newLine;
    private int _column;
    private bool _isFirst = true;

    public HeaderFolder(string field, FormatOptions options)
    {
        _newLine = options.NewLine;
        _column = field.Length + 1;
    }

    /// <summary>Adds a word after a blank, or on the next line.</summary>
    public void Add(string word)
    {
        if (!_isFirst && word.Length > 0 && _column + 1 + word.Length > FormatOptions.MaxLine)
        {
            _output.Append(_newLine);
            _column = 0;
        }

        _output.Append(' ').Append(word);
        _column += 1 + word.Length;
        _isFirst = false;
    }

    /// <summary>The value as it stands in the message, from behind the colon to the end of the line.</summary>
    public byte[] ToRawValue()
    {
        var value = _output.ToString().TrimEnd(' ');
        return Encoding.UTF8.GetBytes(value + _newLine);
    }
}
