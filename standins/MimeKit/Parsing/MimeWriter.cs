using System.Buffers;

namespace MimeKit.Parsing;

/// <summary>Collects a message with the line ends that the options name.</summary>
internal sealed class MimeWriter(FormatOptions options)
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public FormatOptions Options { get; } = options;

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBinary(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    /// <summary>Writes text, each line end as the options say.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                _output.Write(text);
                return;
            }

            var line = text[..end];
            _output.Write(line.EndsWith("\r"u8) ? line[..^1] : line);
            NewLine();
            text = text[(end + 1)..];
        }
    }

    public void NewLine() => _output.Write(Options.NewLineFormat == NewLineFormat.Unix ? "\n"u8 : "\r\n"u8);

    /// <summary>Ends the line, unless it has ended.</summary>
    public void EndLine()
    {
        if (_output.WrittenCount > 0 && _output.WrittenSpan[^1] != (byte)'\n')
        {
            NewLine();
        }
    }
}
