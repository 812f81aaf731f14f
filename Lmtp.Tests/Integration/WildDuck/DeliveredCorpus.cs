using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>
/// The real mails in two INBOXes of the same name and address: delivered by our server, and by WildDuck's own LMTP
/// server. Both get them in the same order, so that UIDs and mod-sequences are to be the same too.
/// </summary>
internal sealed class DeliveredCorpus
{
    public const string Username = "corpus";
    public const string Address = "user@example.com";

    private DeliveredCorpus(string served, string reference, IReadOnlyList<CorpusDelivery> deliveries)
    {
        ServedUser = served;
        ReferenceUser = reference;
        Deliveries = deliveries;
    }

    /// <summary>The id of the user whose mail our server delivered.</summary>
    public string ServedUser { get; }

    /// <summary>The id of the user whose mail WildDuck delivered.</summary>
    public string ReferenceUser { get; }

    /// <summary>The files and what became of them.</summary>
    public IReadOnlyList<CorpusDelivery> Deliveries { get; }

    /// <summary>The messages in the order of their UIDs.</summary>
    public IReadOnlyList<CorpusDelivery> Stored => [.. Deliveries.Where(delivery => delivery.IsStored)];

    /// <summary>The names of the messages that differ although they should not.</summary>
    /// <param name="isEqual">Compares the messages of a UID.</param>
    public IReadOnlyList<string> Different(Func<long, bool> isEqual) =>
        [.. Stored.Where((delivery, index) => delivery.IsReproduced && !isEqual(index + 1)).Select(delivery => delivery.Name)];

    public static async Task<DeliveredCorpus> DeliverAsync(WildDuckSystem system)
    {
        var users = await Task.WhenAll(
            system.Served.Api.CreateUserAsync(Username, Address, "Corpus Reader"),
            system.Reference.Api.CreateUserAsync(Username, Address, "Corpus Reader"));
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var ours = await LmtpClient.OpenAsync(system.Mail.Lmtp, cancellationToken);
        await using var theirs = await LmtpClient.OpenAsync(system.Reference.Lmtp, cancellationToken);
        var deliveries = new List<CorpusDelivery>();
        foreach (var file in Corpus.Files())
        {
            var message = Corpus.Feed(await File.ReadAllBytesAsync(file, cancellationToken));
            if (IsAmbiguous(message))
            {
                continue;
            }

            var replies = await Task.WhenAll(DeliverAsync(ours, message), DeliverAsync(theirs, message));
            deliveries.Add(new CorpusDelivery(Path.GetFileNameWithoutExtension(file), message, replies[0], replies[1]));
        }

        return new DeliveredCorpus(users[0], users[1], deliveries);
    }

    // Servers do not agree about a dot after a bare LF.
    private static bool IsAmbiguous(byte[] message)
    {
        for (var index = message.AsSpan().IndexOf("\n."u8); index >= 0;)
        {
            if (index == 0 || message[index - 1] != '\r')
            {
                return true;
            }

            var next = message.AsSpan(index + 1).IndexOf("\n."u8);
            index = next < 0 ? -1 : index + 1 + next;
        }

        return false;
    }

    private static async Task<string> DeliverAsync(LmtpClient client, byte[] message)
    {
        var replies = await client.DeliverAsync("sender@example.net", [Address], message, TestContext.Current.CancellationToken);
        return Assert.Single(replies);
    }
}
