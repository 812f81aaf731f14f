using Lmtp.Server.Filters;

namespace Lmtp.Tests.Unit.Filters;

public sealed class FilterEngineTests
{
    private static readonly FilterMessage Message = new()
    {
        Headers =
        [
            KeyValuePair.Create("from", "alice <alice@friend.test>"),
            KeyValuePair.Create("sender", "list@lists.test"),
            KeyValuePair.Create("cc", "carol@example.test"),
            KeyValuePair.Create("list-id", "news.lists.test"),
        ],
        Text = "hello there",
        Size = 1000,
    };

    [Theory]
    [InlineData("from", "ALICE@", true)]
    [InlineData("from", "list@lists", true)]
    [InlineData("to", "carol@", true)]
    [InlineData("cc", "carol@", true)]
    [InlineData("list-id", "News <news.lists.test>", true)]
    [InlineData("subject", "hello", false)]
    [InlineData("from", "bob", false)]
    public void Header_condition_matches_a_part_of_the_value(string name, string text, bool expected) =>
        Assert.Equal(expected, Applies(new FilterQuery { Headers = new Dictionary<string, string> { [name] = text } }));

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(-1000, true)]
    [InlineData(-999, false)]
    [InlineData(0, true)]
    public void Size_condition_has_an_inclusive_limit(long size, bool expected) =>
        Assert.Equal(expected, Applies(new FilterQuery { Size = size }));

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Attachment_condition_only_asks_for_one(bool wanted, bool expected) =>
        Assert.Equal(expected, Applies(new FilterQuery { HasAttachments = wanted }));

    [Theory]
    [InlineData(3, 6, 3)]
    [InlineData(2, 6, 2)]
    [InlineData(3, 5, 2)]
    [InlineData(3, 1, 0)]
    public void Filters_and_conditions_beyond_the_limit_are_not_applied(int filters, int conditions, int applied)
    {
        var query = new FilterQuery { Headers = new Dictionary<string, string> { ["from"] = "alice" }, HasAttachments = false, Size = 1 };
        var decision = FilterEngine.Decide(new FilterInput
        {
            Message = Message,
            Filters = [.. Enumerable.Range(0, 3).Select(number => new UserFilter { Id = $"{number}", Query = query })],
            MaxFilters = filters,
            MaxConditions = conditions,
        });
        Assert.Equal(
            Enumerable.Range(0, 3).Select(number => number < applied ? FilterResult.Applied : FilterResult.OverLimit),
            decision.Trace.Select(trace => trace.Result));
    }

    [Fact]
    public void First_filter_that_has_an_action_wins()
    {
        var decision = Decide(
            new FilterAction { Seen = false, Order = ["seen"] },
            new FilterAction { Seen = true, Flag = true, Order = ["seen", "flag"] });
        Assert.Equal([@"\Flagged"], decision.Flags);
    }

    [Fact]
    public void Mailbox_of_a_filter_goes_before_junk()
    {
        var decision = Decide(new FilterAction { Spam = true }, new FilterAction { Mailbox = "0123456789abcdef01234567" });
        Assert.Null(decision.IsSpam);
        Assert.Equal("0123456789abcdef01234567", decision.Mailbox);
        Assert.Empty(decision.ClassificationFields);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(50, 49, null)]
    [InlineData(50, 50, true)]
    [InlineData(100, 100, false)]
    public void Spam_level_decides_when_no_filter_does(int level, int score, bool? expected) =>
        Assert.Equal(
            expected,
            FilterEngine.Decide(new FilterInput { Message = Message, SpamLevel = level, SpamScore = score }).IsSpam);

    [Fact]
    public void Same_target_counts_once()
    {
        var action = new FilterAction { Targets = [new ForwardTarget("mail", "out@other.test")] };
        Assert.Single(Decide(action, action).Targets);
    }

    private static bool Applies(FilterQuery query) =>
        FilterEngine.Decide(new FilterInput
        {
            Message = Message,
            Filters = [new UserFilter { Id = "1", Query = query }],
        }).Trace[0].Applied;

    private static FilterDecision Decide(params FilterAction[] actions) => FilterEngine.Decide(new FilterInput
    {
        Message = Message,
        Filters = [.. actions.Select(action => new UserFilter { Id = "1", Action = action })],
        SpamLevel = 50,
    });
}
