using System.Buffers;

namespace Lmtp.Server.Api.Probe;

/// <summary>The form in which DATA carries a message (RFC 5321 section 4.5.2).</summary>
internal static class ProbeData
{
    /// <summary>Doubles the dots at the beginning of lines and puts the line that ends the data behind them.</summary>
    /// <param name="message">A message whose lines end with CR LF.</param>
    public static ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> message)
    {
        var data = new ArrayBufferWriter<byte>(message.Length + 16);
        while (!message.IsEmpty)
        {
            var end = message.IndexOf((byte)'\n');
            var line = end < 0 ? message : message[..(end + 1)];
            if (line[0] == (byte)'.')
            {
                data.Write("."u8);
            }

            data.Write(line);
            message = message[line.Length..];
        }

        if (!data.WrittenSpan.EndsWith("\r\n"u8))
        {
            data.Write("\r\n"u8);
        }

        data.Write(".\r\n"u8);
        return data.WrittenMemory;
    }
}
