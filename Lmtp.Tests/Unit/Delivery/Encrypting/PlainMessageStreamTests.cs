using System.Text;
using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Delivery.Encrypting;

public sealed class PlainMessageStreamTests
{
    private const string Added = "Delivered-To: a@b.test\r\nReturn-Path: <c@d.test>\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Subject: x\r\n\r\nbody\r\n", "Subject: x\r\n\r\nbody\r\n")]
    [InlineData("Subject: x\n\nbody\n", "Subject: x\r\n\r\nbody\n")]
    [InlineData("Subject: x\r\n folded\r\n\r\n\r\nbody", "Subject: x\r\n folded\r\n\r\n\r\nbody")]
    [InlineData("Subject: x\r\rbody", "Subject: x\r\n\r\nbody")]
    [InlineData("Subject: x\r\r\nA: b\r\n\r\nbody", "Subject: x\r\nA: b\r\n\r\nbody")]
    [InlineData("Subject: x\r\n", "Subject: x\r\n\r\n")]
    [InlineData("Subject: x", "Subject: x\r\n\r\n")]
    [InlineData("\r\nbody\r\n\r\nmore", "\r\nbody\r\n\r\nmore")]
    [InlineData("\rbody", "\r\nbody")]
    [InlineData("", "\r\n")]
    public async Task Message_has_the_header_of_the_copy_and_the_body_as_received(string message, string expected) =>
        Assert.Equal(Added + expected, await ReadAsync(message, 7));

    [Fact]
    public async Task No_byte_of_a_body_is_lost_or_read_twice_wherever_the_header_ends()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["\r", "\n", "\r\n", "A: b", "text", " ", ":"];
        for (var round = 0; round < 2000; round++)
        {
            var head = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var message = head + "\r\n\r\nthe body";
            var indexed = await IndexAsync(message);
            var start = await BodyStart.FindAsync(indexed.Source, Token);
            Assert.True(indexed.Root.Body.First.Start == start, $"seed {seed}: {message}");
        }
    }

    [Fact]
    public async Task Header_may_end_anywhere_in_a_block()
    {
        for (var length = 16 * 1024 - 40; length < 16 * 1024 + 10; length++)
        {
            var message = $"Subject: {new string('x', length)}\r\n\r\nbody";
            Assert.Equal(Added + message, await ReadAsync(message, 5000));
        }
    }

    [Fact]
    public async Task Message_can_be_read_again()
    {
        var indexed = await IndexAsync("Subject: x\r\n\r\nbody");
        await using var stream = await OpenAsync(indexed);
        using var first = new MemoryStream();
        await stream.CopyToAsync(first, Token);
        stream.Position = 0;
        using var second = new MemoryStream();
        await stream.CopyToAsync(second, Token);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(stream.Length, first.Length);
    }

    private static async Task<string> ReadAsync(string message, int blockSize)
    {
        await using var stream = await OpenAsync(await IndexAsync(message));
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, blockSize, Token);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static Task<PlainMessageStream> OpenAsync(IndexedMessage message) =>
        PlainMessageStream.OpenAsync(MessageCopy.Create(message, "a@b.test", "c@d.test", isFirst: true), Token);

    private static async Task<IndexedMessage> IndexAsync(string message)
    {
        var bytes = Encoding.Latin1.GetBytes(message);
        using var indexer = new MessageIndexer();
        indexer.Write(bytes);
        return await indexer.CompleteAsync(new MemoryMessageSource(bytes), Token);
    }
}
