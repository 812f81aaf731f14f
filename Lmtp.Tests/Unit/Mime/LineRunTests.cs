using System.Globalization;

using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

/// <summary>The searches that look at many bytes at once agree with looking at one after the other.</summary>
public sealed class LineRunTests
{
    private readonly int _seed = Environment.GetEnvironmentVariable("LMTP_TEST_SEED") is { } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    [Fact]
    public void Runs_of_lines_are_found_as_byte_by_byte()
    {
        foreach (var bytes in RandomLines())
        {
            Assert.Equal(FindSlowly(bytes), LineRun.Find(bytes));
        }
    }

    [Fact]
    public void Bare_line_feeds_are_found_as_byte_by_byte()
    {
        foreach (var bytes in RandomLines())
        {
            var copy = new byte[bytes.Length * 2];
            var expected = new List<byte>();
            for (var index = 0; index < bytes.Length; index++)
            {
                if (bytes[index] == '\n' && (index == 0 || bytes[index - 1] != '\r'))
                {
                    expected.Add((byte)'\r');
                }

                expected.Add(bytes[index]);
            }

            Assert.Equal(expected, copy[..BareLineFeed.Replace(bytes, afterReturn: false, copy)]);
        }
    }

    private static LineRun FindSlowly(byte[] bytes)
    {
        var run = default(LineRun);
        var lineStart = true;
        for (var index = 0; index < bytes.Length; index++)
        {
            if (lineStart && bytes[index] == '-')
            {
                return run;
            }

            lineStart = false;
            if (bytes[index] == '\n')
            {
                return run;
            }

            if (bytes[index] == '\r')
            {
                if (index + 1 >= bytes.Length || bytes[index + 1] != '\n')
                {
                    return run;
                }

                index++;
                run = new LineRun(index + 1, run.Lines + 1);
                lineStart = true;
            }
        }

        return run;
    }

    private IEnumerable<byte[]> RandomLines()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"LMTP_TEST_SEED={_seed}");
        var random = new Random(_seed);
        for (var number = 0; number < 5000; number++)
        {
            var bytes = new List<byte>();
            while (bytes.Count < 300 && random.Next(40) > 0)
            {
                bytes.AddRange(Enumerable.Repeat((byte)'x', random.Next(random.Next(1, 60))));
                bytes.AddRange(random.Next(20) switch
                {
                    0 => "\n"u8.ToArray(),
                    1 => "\r"u8.ToArray(),
                    2 => "\r\n-"u8.ToArray(),
                    3 => "-"u8.ToArray(),
                    _ => "\r\n"u8.ToArray(),
                });
            }

            yield return [.. bytes];
        }
    }
}
