using Lmtp.Admin.Components.Messages;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

public sealed class MailboxWatchTests
{
    [Fact]
    public void List_that_begins_with_the_newest_is_shown_already()
    {
        Assert.True(MailboxWatch.IsShown(Page("more", 5, 4, 3), Page("more", 5, 4)));
        Assert.True(MailboxWatch.IsShown(Page(null, 2, 1), Page(null, 2, 1)));
        Assert.False(MailboxWatch.IsShown(Page("more", 5, 4, 3), Page("more", 6, 5)));
        Assert.False(MailboxWatch.IsShown(Page(null, 2, 1), Page(null, 2)));
        Assert.False(MailboxWatch.IsShown(Page(null, 2, 1), Page(null, 3, 2, 1)));
        Assert.False(MailboxWatch.IsShown(Page(null, 1), new PageResponse<MessageSummaryResponse>([Message(1) with { Modseq = 9 }], null)));
    }

    [Fact]
    public void What_is_new_comes_first_and_what_is_gone_goes_and_the_older_ones_stay()
    {
        var joined = MailboxWatch.Join(Page("c", 5, 4, 3, 2), Page("x", 6, 5, 3));

        Assert.Equal([6, 5, 3, 2], joined.Items.Select(message => message.Uid));
        Assert.Equal("c", joined.NextCursor);
    }

    [Fact]
    public void Newest_that_are_all_there_is_take_the_place_of_the_list()
    {
        Assert.Equal([3], MailboxWatch.Join(Page("c", 5, 4, 3), Page(null, 3)).Items.Select(message => message.Uid));
        Assert.Empty(MailboxWatch.Join(Page(null, 5), Page(null)).Items);
    }

    [Fact]
    public void List_that_is_wholly_overtaken_begins_anew()
    {
        var joined = MailboxWatch.Join(Page(null, 5, 4), Page("x", 9, 8));

        Assert.Equal([9, 8], joined.Items.Select(message => message.Uid));
        Assert.Equal("x", joined.NextCursor);
    }

    private static PageResponse<MessageSummaryResponse> Page(string? next, params long[] uids) => new([.. uids.Select(Message)], next);

    private static MessageSummaryResponse Message(long uid) =>
        new() { Id = $"m{uid}", Mailbox = "b", Subject = "s", MessageId = "i", Uid = uid, Modseq = uid };
}
