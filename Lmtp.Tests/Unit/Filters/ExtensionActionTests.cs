using Lmtp.Server.Filters;

namespace Lmtp.Tests.Unit.Filters;

/// <summary>Every action of an extension, and how the actions of several filters go together.</summary>
public sealed class ExtensionActionTests
{
    [Fact]
    public void Mailbox_is_chosen_by_path() =>
        Assert.Equal(new MailboxChoice("Lists/News", true), Decide("mailbox: { path: 'Lists / News', create: true }").MailboxPath);

    [Fact]
    public void Inbox_has_one_spelling() =>
        Assert.Equal(new MailboxChoice("INBOX/a", false), Decide("mailbox: { path: 'inbox/a' }").MailboxPath);

    [Fact]
    public void First_mailbox_wins_whichever_way_it_is_named()
    {
        var byId = new UserFilter { Id = "f1", Action = new FilterAction { Mailbox = "0123456789abcdef01234567" } };
        var byPath = FilterSamples.Filter("{ actions: { mailbox: { path: 'A' } } }");
        var decision = FilterSamples.Decide(FilterSamples.Message, byId, byPath);
        Assert.Equal("0123456789abcdef01234567", decision.Mailbox);
        Assert.Null(decision.MailboxPath);
        decision = FilterSamples.Decide(FilterSamples.Message, byPath, byId);
        Assert.Null(decision.Mailbox);
        Assert.Equal("A", decision.MailboxPath!.Path);
    }

    [Fact]
    public void Mailbox_by_path_goes_before_junk()
    {
        var decision = Decide("spam: true, mailbox: { path: 'A' }");
        Assert.Null(decision.IsSpam);
        Assert.Empty(decision.ClassificationFields);
    }

    [Theory]
    [InlineData("seen: true", @"\Seen")]
    [InlineData("flagged: true", @"\Flagged")]
    [InlineData("flagged: true, seen: true", @"\Flagged \Seen")]
    [InlineData("seen: false, flagged: true", @"\Flagged")]
    [InlineData("keywords: ['$Important', 'work'], seen: true", @"\Seen $Important work")]
    [InlineData("keywords: ['work', 'WORK']", "work")]
    public void Flags_and_keywords_are_set_in_order(string actions, string expected) =>
        Assert.Equal(expected.Split(' '), Decide(actions).Flags);

    [Fact]
    public void Keywords_of_several_filters_add_up() =>
        Assert.Equal(
            ["a", "b"],
            FilterSamples.Decide(
                FilterSamples.Message,
                FilterSamples.Filter("{ actions: { keywords: ['a'] } }"),
                FilterSamples.Filter("{ actions: { keywords: ['A', 'b'] } }")).Flags);

    [Theory]
    [InlineData("spam: true", true)]
    [InlineData("spam: false", false)]
    [InlineData("seen: true", null)]
    public void Spam_is_decided(string actions, bool? expected) => Assert.Equal(expected, Decide(actions).IsSpam);

    [Theory]
    [InlineData("delete: true", true)]
    [InlineData("delete: false", false)]
    public void Message_is_dropped(string actions, bool expected) => Assert.Equal(expected, Decide(actions).IsDeleted);

    [Fact]
    public void First_text_of_a_refusal_counts() =>
        Assert.Equal(
            "Go away",
            FilterSamples.Decide(
                FilterSamples.Message,
                FilterSamples.Filter("{ actions: { reject: 'Go away' } }"),
                FilterSamples.Filter("{ actions: { reject: 'Please' } }")).Reject);

    [Fact]
    public void Forward_keeps_a_copy_and_redirect_does_not()
    {
        var forward = Decide("forward: ['a@other.test']");
        Assert.Equal([new ForwardTarget("mail", "a@other.test")], forward.Targets);
        Assert.False(forward.IsRedirected);
        var redirect = Decide("redirect: ['a@other.test', 'b@other.test']");
        Assert.Equal(2, redirect.Targets.Count);
        Assert.True(redirect.IsRedirected);
    }

    [Fact]
    public void Stop_leaves_out_the_filters_after_it()
    {
        var decision = FilterSamples.Decide(
            FilterSamples.Message,
            FilterSamples.Filter("{ actions: { seen: true, stop: true } }"),
            FilterSamples.Filter("{ actions: { flagged: true } }"));
        Assert.Equal([@"\Seen"], decision.Flags);
        Assert.Equal(FilterResult.Skipped, decision.Trace[1].Result);
        Assert.Equal("A filter before it ended the list.", decision.Trace[1].Reason);
    }

    [Fact]
    public void Stop_of_a_filter_that_does_not_apply_stops_nothing() =>
        Assert.Equal(
            [@"\Flagged"],
            FilterSamples.Decide(
                FilterSamples.Message,
                FilterSamples.Filter("{ conditions: [{ type: 'list', not: true }], actions: { stop: true } }"),
                FilterSamples.Filter("{ actions: { flagged: true } }")).Flags);

    [Fact]
    public void Order_goes_before_age_and_filters_of_the_same_place_keep_theirs()
    {
        var decision = FilterSamples.Decide(
            FilterSamples.Message,
            FilterSamples.Filter("{ order: 5 }", "late"),
            new UserFilter { Id = "plain" },
            FilterSamples.Filter("{ order: -5 }", "early"),
            FilterSamples.Filter("{ }", "young"));
        Assert.Equal(["early", "plain", "young", "late"], decision.Trace.Select(entry => entry.Filter.Id));
    }

    [Fact]
    public void Own_actions_of_a_filter_go_before_those_of_its_extension() =>
        Assert.Empty(FilterSamples.Decide(
            FilterSamples.Message,
            FilterSamples.Filter("{ actions: { seen: true } }", action: new FilterAction { Seen = false, Order = ["seen"] })).Flags);

    [Fact]
    public void Filter_with_a_fault_is_not_applied_and_says_so()
    {
        var (extension, faults) = FilterSamples.Parse("{ conditons: [], actions: { delete: true } }");
        var decision = FilterSamples.Decide(
            FilterSamples.Message, new UserFilter { Id = "f1", Extension = extension, Faults = faults });
        Assert.False(decision.IsDeleted);
        Assert.Equal(FilterResult.Faulty, decision.Trace[0].Result);
        Assert.Contains("conditons", decision.Trace[0].Reason, StringComparison.Ordinal);
    }

    private static FilterDecision Decide(string actions) =>
        FilterSamples.Decide(FilterSamples.Message, FilterSamples.Filter($"{{ actions: {{ {actions} }} }}"));
}
