using System.Text;
using Lmtp.Server.Protocol.Receiving;

namespace Lmtp.Tests.Unit.Protocol;

public sealed class DotDecoderTests
{
    private const int Rounds = 3_000;

    [Fact]
    public void Any_bytes_survive_stuffing_and_any_split()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var message = RandomText(random);
            if (message.Length > 0 && !message.AsSpan().EndsWith("\r\n"u8))
            {
                message = [.. message, (byte)'\r', (byte)'\n'];
            }

            byte[] wire = [.. Stuff(message), .. ".\r\nNOOP"u8];

            var (decoded, consumed) = Decode(wire, random);

            Assert.True(decoded.AsSpan().SequenceEqual(message), $"seed {seed}, round {round}: {Encoding.Latin1.GetString(wire)}");
            Assert.Equal(wire.Length - 4, consumed);
        }
    }

    [Fact]
    public void Result_does_not_depend_on_the_split()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            byte[] wire = [.. RandomText(random), .. "\r\n.\r\n"u8];

            var first = Decode(wire, random);
            var second = Decode(wire, random);

            Assert.True(first.Decoded.AsSpan().SequenceEqual(second.Decoded), $"seed {seed}, round {round}");
            Assert.Equal(first.Consumed, second.Consumed);
        }
    }

    private static (byte[] Decoded, int Consumed) Decode(byte[] wire, Random random)
    {
        var decoder = new DotDecoder();
        var decoded = new List<byte>();
        var position = 0;
        while (position < wire.Length)
        {
            var end = Math.Min(wire.Length, position + random.Next(1, 6));
            while (position < end)
            {
                var step = decoder.Next(wire.AsSpan(position, end - position), out var consumed);
                if (step == DotStep.Data)
                {
                    decoded.AddRange(wire.AsSpan(position, consumed));
                }
                else if (step == DotStep.HeldCr)
                {
                    decoded.Add((byte)'\r');
                }

                position += consumed;
                if (step == DotStep.End)
                {
                    return ([.. decoded], position);
                }
            }
        }

        throw new InvalidOperationException("The end was not found.");
    }

    private static byte[] RandomText(Random random)
    {
        var text = new byte[random.Next(0, 30)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = "\r\n.ax\0"u8[random.Next(6)];
        }

        return text;
    }

    private static IEnumerable<byte> Stuff(byte[] message)
    {
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && (i == 0 || (i >= 2 && message[i - 1] == '\n' && message[i - 2] == '\r')))
            {
                yield return (byte)'.';
            }

            yield return message[i];
        }
    }
}
