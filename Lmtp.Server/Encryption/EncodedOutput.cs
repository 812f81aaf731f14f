using System.Buffers;
using System.Text;

namespace Lmtp.Server.Encryption;

/// <summary>Gathers text and lines of base64 and passes them on in pieces, so that a message is never held whole.</summary>
internal sealed class EncodedOutput
{
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Base64Lines _lines;

    /// <summary>Writes to <paramref name="output"/> lines of base64 of <paramref name="lineLength"/> characters.</summary>
    public EncodedOutput(Stream output, int lineLength)
    {
        _output = output;
        _lines = new Base64Lines(_text, lineLength);
    }

    /// <summary>Appends text as it is.</summary>
    public void WriteText(ReadOnlySpan<byte> text) => _text.Write(text);

    /// <summary>Appends ASCII text as it is.</summary>
    public void WriteText(string text) => Encoding.ASCII.GetBytes(text, _text);

    /// <summary>Appends bytes to be shown as base64.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> bytes) => _lines.Append(bytes);

    /// <summary>Ends the last line of base64.</summary>
    public void CompleteLines() => _lines.Complete();

    /// <summary>Passes on what was gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _output.WriteAsync(_text.WrittenMemory, cancellationToken);
        _text.ResetWrittenCount();
    }
}
