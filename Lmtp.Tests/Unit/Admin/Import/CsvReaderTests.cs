using Lmtp.Admin.Import;

namespace Lmtp.Tests.Unit.Admin.Import;

public sealed class CsvReaderTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("a,b\r\nc,d\r\n", "1:a|b 2:c|d")]
    [InlineData("a,b\nc,d", "1:a|b 2:c|d")]
    [InlineData("a,b\rc,d\r", "1:a|b 2:c|d")]
    [InlineData("a;b\nc;d", "1:a|b 2:c|d")]
    [InlineData("a\tb\nc,d\te", "1:a|b 2:c,d|e")]
    [InlineData("a,b\n\n\nc,d", "1:a|b 4:c|d")]
    [InlineData(" a , b \n", "1:a|b")]
    [InlineData("a,\n,b", "1:a| 2:|b")]
    [InlineData("a,", "1:a|")]
    [InlineData("\"a,1\",\"b\"\"c\"\n\"d\ne\",f\ng,h", "1:a,1|b\"c 2:d\ne|f 4:g|h")]
    [InlineData("\" a \",b", "1: a |b")]
    [InlineData("", "")]
    [InlineData("\n\r\n\r", "")]
    public void Records_are_read_with_the_lines_they_begin_at(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CsvReader.Read(text).Select(record => $"{record.Line}:{string.Join('|', record.Fields)}")));

    [Theory]
    [InlineData("a\nb,\"c", "Line 2:")]
    [InlineData("a\nb,\"c\nd\ne", "Line 2:")]
    [InlineData("a\n\"b\"c,d", "Line 2:")]
    public void Broken_quotes_are_told_with_their_line(string text, string expected)
    {
        var fault = Assert.Throws<ImportException>(() => CsvReader.Read(text).ToList());

        Assert.StartsWith(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_written_in_quotes_is_read_again()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var records = Enumerable.Range(0, random.Next(1, 6))
                .Select(_ => Enumerable.Range(0, 3).Select(field => field == 0 ? "x" : Text(random)).ToArray())
                .ToList();
            var text = string.Join("\r\n", records.Select(fields => string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

            Assert.Equal(records, CsvReader.Read(text).Select(record => record.Fields.ToArray()));
        }
    }

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            try
            {
                Assert.All(CsvReader.Read(Text(random)), record => Assert.NotEmpty(record.Fields));
            }
            catch (ImportException)
            {
                // Said with its line.
            }
        }
    }

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "ab,;\t\"\r\n é"[random.Next(10)]));
}
