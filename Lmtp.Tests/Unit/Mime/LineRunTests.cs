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
        using var nodes = new MimeTree();
        using var tree = new TreeBuilder();
        tree.Begin(MessageIndexerOptions.Default, nodes);
        tree.Text("Content-Type: multipart/mixed; boundary=x"u8);
        tree.EndLine(new Line { Length = 1, After = LineBreak.CrLf });
        tree.EndLine(new Line { After = LineBreak.CrLf });
        foreach (var bytes in RandomLines())
        {
            Assert.Equal(FindSlowly(bytes), LineRun.Find(bytes, tree));
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
        while (true)
        {
            var rest = bytes.AsSpan(run.Length);
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0 || rest[..length].SequenceEqual("--x"u8))
            {
                return run;
            }

            var returns = rest[length..].IndexOfAnyExcept((byte)'\r');
            if (returns < 0)
            {
                return run;
            }

            var isFeed = rest[length + returns] == '\n';
            run = new LineRun(
                run.Length + length + returns + (isFeed ? 1 : 0),
                run.Lines + (isFeed ? 1 : returns),
                run.BareLineFeeds + (isFeed && returns == 0 ? 1 : 0));
        }
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
                bytes.AddRange(random.Next(40) switch
                {
                    0 => "\n"u8.ToArray(),
                    1 => "\r"u8.ToArray(),
                    2 => "\r\n-"u8.ToArray(),
                    3 => "-"u8.ToArray(),
                    4 => "\r\r"u8.ToArray(),
                    5 => "\n\n\n"u8.ToArray(),
                    6 => "\r\n--\r\n"u8.ToArray(),
                    7 => "\n--y\n"u8.ToArray(),
                    8 => "\r--x"u8.ToArray(),
                    9 => "\n--x\r\n"u8.ToArray(),
                    10 => "\n---\r\n"u8.ToArray(),
                    _ => "\r\n"u8.ToArray(),
                });
            }

            yield return [.. bytes];
        }
    }
}
