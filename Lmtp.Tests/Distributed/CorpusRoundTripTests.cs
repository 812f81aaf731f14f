using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed;

public sealed class CorpusRoundTripTests
{
    [Fact]
    public async Task Every_real_mail_comes_back_to_the_byte_for_both_recipients_also_after_a_restart()
    {
        var files = Corpus.Files();
        var cancellationToken = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        List<DeliveredMail> delivered;

        await using (var system = await RunningAppHost.StartAsync(data.Path, cancellationToken))
        {
            delivered = await DeliverAllAsync(system, files, cancellationToken);
            await AssertUnchangedAsync(system.Api, delivered, cancellationToken);
        }

        await using (var system = await RunningAppHost.StartAsync(data.Path, cancellationToken))
        {
            await AssertUnchangedAsync(system.Api, delivered, cancellationToken);
        }

        Assert.Equal(files.Count * 2, delivered.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files, each to two recipients: all equal, before and after a restart.");
    }

    private static async Task<List<DeliveredMail>> DeliverAllAsync(
        RunningAppHost system,
        IReadOnlyList<string> files,
        CancellationToken cancellationToken)
    {
        var pairs = new List<UserResponse[]> { await CreatePairAsync(system.Api, 0, cancellationToken) };
        var delivered = new List<DeliveredMail>();
        await using var client = await LmtpClient.OpenAsync(system.Lmtp, cancellationToken);
        foreach (var file in files)
        {
            var message = Corpus.Feed(await File.ReadAllBytesAsync(file, cancellationToken));

            // Some of the mails are the same to the duplicate check; those go to the next pair of users.
            for (var pair = 0; ; pair++)
            {
                if (pair == pairs.Count)
                {
                    pairs.Add(await CreatePairAsync(system.Api, pair, cancellationToken));
                }

                var users = pairs[pair];
                var replies = await client.DeliverAsync("sender@example.net", [users[0].Address, users[1].Address], message, cancellationToken);
                if (!StoredReply.IsDuplicate(replies[0]))
                {
                    delivered.AddRange(replies.Select((reply, index) =>
                        new DeliveredMail(Path.GetFileName(file), users[index].Id, StoredReply.MessageId(reply), message)));
                    break;
                }
            }
        }

        return delivered;
    }

    private static async Task<UserResponse[]> CreatePairAsync(LmtpApiClient api, int number, CancellationToken cancellationToken)
    {
        var users = new UserResponse[2];
        for (var index = 0; index < users.Length; index++)
        {
            var name = $"reader{number}{(char)('a' + index)}";
            users[index] = await api.CreateUserAsync(
                new CreateUserRequest { Username = name, Password = "correct horse battery", Address = $"{name}@example.com" },
                cancellationToken);
        }

        return users;
    }

    private static async Task AssertUnchangedAsync(LmtpApiClient api, List<DeliveredMail> delivered, CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        foreach (var mail in delivered)
        {
            var raw = await api.GetRawMessageAsync(mail.UserId, mail.MessageId, cancellationToken);
            if (!raw.AsSpan().SequenceEqual(mail.Message))
            {
                changed.Add($"{mail.File} ({mail.Message.Length} bytes fed, {raw.Length} returned)");
            }
        }

        Assert.Empty(changed);
    }

    private sealed record DeliveredMail(string File, string UserId, string MessageId, byte[] Message);
}
