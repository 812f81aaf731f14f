namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>The real mails as our server stored them, beside WildDuck's own LMTP server's work on another database.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class StoredDocumentTests(WildDuckSystem system)
{
    [Fact]
    public async Task Messages_are_the_same()
    {
        var (corpus, ours, theirs) = await ReadAsync();
        var (actual, expected) = (ours.ComparableMessages(), theirs.ComparableMessages());
        Assert.Equal(expected.Count, actual.Count);
        var different = corpus.Stored
            .Select((delivery, index) => (delivery, Differences: DocumentDifferences.Find(expected[index], actual[index])))
            .Where(compared => compared.delivery.IsReproduced && compared.Differences.Count > 0)
            .Select(compared => $"{compared.delivery.Name}: {string.Join("; ", compared.Differences)}");
        Assert.Empty(different);
        TestContext.Current.TestOutputHelper?.WriteLine($"{actual.Count} documents: all equal but for ids, times and our own sub-document.");
    }

    [Fact]
    public async Task Attachments_are_the_same_and_counted_right()
    {
        var (_, ours, theirs) = await ReadAsync();
        DocumentDifferences.AssertNone(await theirs.AttachmentFilesAsync(), await ours.AttachmentFilesAsync());
        DocumentDifferences.AssertNone(await theirs.AttachmentChunksAsync(), await ours.AttachmentChunksAsync());
        Assert.Empty(await theirs.WronglyCountedFilesAsync());
        Assert.Empty(await ours.WronglyCountedFilesAsync());
    }

    [Fact]
    public async Task Threads_are_the_same()
    {
        var (_, ours, theirs) = await ReadAsync();
        DocumentDifferences.AssertNone(await theirs.ThreadsAsync(), await ours.ThreadsAsync());
    }

    [Fact]
    public async Task Mailboxes_and_journal_are_the_same()
    {
        var (_, ours, theirs) = await ReadAsync();
        DocumentDifferences.AssertNone(await theirs.MailboxesAsync(), await ours.MailboxesAsync());
        DocumentDifferences.AssertNone(await theirs.JournalAsync(), await ours.JournalAsync());
    }

    [Fact]
    public async Task Address_register_and_user_are_the_same()
    {
        var (_, ours, theirs) = await ReadAsync();
        DocumentDifferences.AssertNone(await theirs.AddressRegisterAsync(), await ours.AddressRegisterAsync());
        DocumentDifferences.AssertNone([await theirs.UserAsync("lastLogin")], [await ours.UserAsync("lastLogin")]);
    }

    private async Task<(DeliveredCorpus Corpus, StoredMail Ours, StoredMail Theirs)> ReadAsync()
    {
        var corpus = await system.RequireCorpusAsync();
        return (
            corpus,
            await StoredMail.ReadAsync(system.Served, corpus.ServedUser),
            await StoredMail.ReadAsync(system.Reference, corpus.ReferenceUser));
    }
}
