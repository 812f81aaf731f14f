using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>Messages that go to temporary files: none is left, however the message ends.</summary>
public sealed class SpoolFilesTests
{
    private const string Address = "user@spool.test";

    private static readonly string Piece = string.Concat(Enumerable.Repeat(new string('x', 78) + "\r\n", 4_000));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_is_gone_on_every_path_and_after_a_crash_at_the_next_start()
    {
        using var folder = new TemporaryDirectory();
        await using var system = await MailSystem.StartAsync(Cancellation, new Dictionary<string, string?>
        {
            ["Lmtp__Delivery__SpoolDirectory"] = folder.Path,
            ["Lmtp__Delivery__SpoolMemoryPerMessage"] = "65536",
            ["Lmtp__Limits__MaxMessageSize"] = "1000000",
        });
        using (var http = system.CreateHttpClient())
        {
            await new LmtpApiClient(http).CreateUserAsync(new CreateUserRequest { Username = "user", Name = "", Address = Address }, Cancellation);
        }

        await using var client = await BeginAsync(system, folder, "DATA", "");
        Assert.StartsWith("250 2.1.5 Message stored as ", await client.AskAsync("."), StringComparison.Ordinal);
        await AssertNoneAsync(folder, "delivered");

        await using (var large = await BeginAsync(system, folder, "DATA", ""))
        {
            await large.SendRawAsync(Piece + Piece + Piece);
            Assert.StartsWith("552 5.3.4", await large.AskAsync("."), StringComparison.Ordinal);
            await AssertNoneAsync(folder, "too large");
        }

        foreach (var (command, reply) in new[] { ("RSET", "250 2.0.0"), ("LHLO again", "250-"), ("QUIT", "221 2.0.0") })
        {
            await using var chunks = await BeginAsync(system, folder, null, $"BDAT {Piece.Length}\r\n");
            await chunks.ReadReplyAsync();
            Assert.StartsWith(reply, await chunks.AskAsync(command), StringComparison.Ordinal);
            await AssertNoneAsync(folder, command);
        }

        await (await BeginAsync(system, folder, "DATA", "")).DisposeAsync();
        await AssertNoneAsync(folder, "cut off");

        await using var last = await BeginAsync(system, folder, "DATA", "");
        await system.Server.KillAsync(Cancellation);
        Assert.NotEmpty(Files(folder));
        await system.Server.DisposeAsync();
        await system.StartServerAsync(Cancellation);
        Assert.Empty(Files(folder));
    }

    /// <summary>Sends so much of a message that it is in a file.</summary>
    private static async Task<LmtpClient> BeginAsync(MailSystem system, TemporaryDirectory folder, string? command, string before)
    {
        var client = await LmtpClient.ConnectAsync(system.Lmtp.Port);
        await client.ReadReplyAsync();
        await client.AskAsync("LHLO x");
        await client.AskAsync("MAIL FROM:<>");
        Assert.StartsWith("250", await client.AskAsync($"RCPT TO:<{Address}>"), StringComparison.Ordinal);
        if (command is not null)
        {
            Assert.StartsWith("354", await client.AskAsync(command), StringComparison.Ordinal);
        }

        await client.SendRawAsync(before + Piece);
        await Eventually.TrueAsync(() => Files(folder).Length > 0, state: () => system.Server.Output);
        return client;
    }

    private static string[] Files(TemporaryDirectory folder) => Directory.GetFiles(folder.Path, "*.eml", SearchOption.AllDirectories);

    private static Task AssertNoneAsync(TemporaryDirectory folder, string path) =>
        Eventually.TrueAsync(() => Files(folder).Length == 0, state: () => $"{path}: {string.Join(' ', Files(folder))}");
}
