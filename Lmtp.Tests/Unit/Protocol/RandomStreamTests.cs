using System.Text;
using Lmtp.Tests.Unit.Protocol.Conformance;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>
/// Random and mutated byte streams: the session always comes to an end, what it says is well-formed, no intake is
/// left open, and nothing escapes.
/// </summary>
public sealed class RandomStreamTests
{
    private const int BoundedInputs = 20_000;
    private const int LongInputs = 10_000_000;
    private const int SampleInterval = 1_000_000;

    private static readonly string[] Words =
    [
        "LHLO ", "MAIL FROM:<", "RCPT TO:<", "DATA", "BDAT ", " LAST", "RSET", "NOOP", "QUIT", "VRFY ", "STARTTLS", "AUTH PLAIN ", "\r\n",
        "\r\n.\r\n", "\n", "\r", ".", "..", "<>", "a@b.test>", " SIZE=", " BODY=BINARYMIME", " SMTPUTF8", " ORCPT=rfc822;", "0", "5", "99999999999",
        "\0", "\u00ff", "\u00c3\u00bc", "\"", "\\", "@x,@y:", "[IPv6:::1]", "=", "+2B", "*", "PROXY ", "XCLIENT ADDR=", "EHLO ",
    ];

    [Fact]
    public Task Random_and_mutated_streams_are_survived() => RunAsync(BoundedInputs);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Ten_million_random_and_mutated_streams_are_survived_in_flat_memory()
    {
        await RunAsync(SampleInterval);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(LongInputs - SampleInterval);
        var after = GC.GetTotalMemory(forceFullCollection: true);

        Assert.InRange(after - before, long.MinValue, 32L * 1024 * 1024);
    }

    private static async Task RunAsync(int inputs)
    {
        var seed = Environment.TickCount;
        var cases = ConformanceTable.Cases.Values.Select(item => item.InputBytes).Where(input => input.Length < 600).ToArray();
        for (var i = 0; i < inputs; i++)
        {
            var random = new Random(seed + i);
            var input = random.Next(3) switch
            {
                0 => RandomBytes(random),
                1 => FromDictionary(random),
                _ => Mutated(random, cases),
            };
            await CheckAsync(input, random, seed + i);
        }
    }

    private static async Task CheckAsync(byte[] input, Random random, int seed)
    {
        await using var dialogue = new SessionDialogue((ConformanceProfile)random.Next(Enum.GetValues<ConformanceProfile>().Length));
        var split = random.Next(input.Length + 1);
        await dialogue.SendAsync(input[..split]);
        await dialogue.SendAsync(input[split..]);
        dialogue.HalfClose();

        var output = Encoding.UTF8.GetString(await dialogue.ReadAllBytesAsync());
        Assert.True(dialogue.Ended.IsCompletedSuccessfully, $"seed {seed}: {Encoding.Latin1.GetString(input)}");
        Assert.True(IsWellFormed(output), $"seed {seed}: {Encoding.Latin1.GetString(input)}\n{output}");
        Assert.True(dialogue.Agent.OpenIntakes == 0, $"seed {seed}");
    }

    private static bool IsWellFormed(string output)
    {
        if (!output.StartsWith("220 ", StringComparison.Ordinal) || !output.EndsWith("\r\n", StringComparison.Ordinal)
            || output.Contains("421 4.3.0", StringComparison.Ordinal))
        {
            return false;
        }

        return output.Split("\r\n")[..^1].All(line =>
            line.Length is >= 4 and <= 510 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
            && line[3] is ' ' or '-' && !line.Any(char.IsControl));
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] FromDictionary(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 30); i > 0; i--)
        {
            text.Append(Words[random.Next(Words.Length)]);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Mutated(Random random, byte[][] cases)
    {
        List<byte> bytes = [.. cases[random.Next(cases.Length)], .. cases[random.Next(cases.Length)]];
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var position = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(position);
                    break;
                case 2:
                    bytes.InsertRange(position, Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                default:
                    bytes.InsertRange(position, bytes.GetRange(position, Math.Min(20, bytes.Count - position)));
                    break;
            }
        }

        return [.. bytes];
    }
}
