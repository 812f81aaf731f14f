using Lmtp.Server.Filters;

namespace Lmtp.Tests.Unit.Filters;

/// <summary>Every condition, on both sides of what it asks for, and what it says that it saw.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("type: 'header', name: 'Subject', op: 'exists'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'x-none', op: 'exists'", false, null)]
    [InlineData("type: 'header', name: 'subject', op: 'equals', value: 'YOUR INVÖICE'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'equals', value: 'invöice'", false, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'contains', value: 'INV'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'x-twice', op: 'contains', value: 'second'", true, "second")]
    [InlineData("type: 'header', name: 'x-twice', op: 'contains', value: 'third'", false, "first")]
    [InlineData("type: 'header', name: 'x-folded', op: 'equals', value: 'one two'", true, "one two")]
    [InlineData("type: 'header', name: 'subject', op: 'wildcard', value: 'your inv?ice'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'wildcard', value: '*inv**'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'wildcard', value: 'inv*'", false, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'wildcard', value: 'your.*'", false, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'regex', value: 'inv.{1,2}ice$'", true, "Your invöice")]
    [InlineData("type: 'header', name: 'subject', op: 'regex', value: '^inv'", false, "Your invöice")]
    [InlineData("type: 'sender', op: 'wildcard', value: '*@friend.test'", true, "bounce@friend.test")]
    [InlineData("type: 'sender', op: 'equals', value: 'other@friend.test'", false, "bounce@friend.test")]
    [InlineData("type: 'recipient', op: 'contains', value: '+shop@'", true, "bob+shop@example.test")]
    [InlineData("type: 'recipient', op: 'equals', value: 'bob@example.test'", false, "bob+shop@example.test")]
    [InlineData("type: 'originalRecipient', op: 'equals', value: 'sales@example.test'", true, "Sales@Example.test")]
    [InlineData("type: 'originalRecipient', op: 'contains', value: 'bob'", false, "Sales@Example.test")]
    [InlineData("type: 'tag', op: 'equals', value: 'Shop'", true, "shop")]
    [InlineData("type: 'tag', op: 'equals', value: 'sho'", false, "shop")]
    [InlineData("type: 'attachmentName', op: 'wildcard', value: '*.pdf'", true, "Invoice 7.PDF")]
    [InlineData("type: 'attachmentName', op: 'wildcard', value: '*.exe'", false, "Invoice 7.PDF")]
    [InlineData("type: 'attachmentType', op: 'wildcard', value: 'image/*'", true, "image/png")]
    [InlineData("type: 'attachmentType', op: 'equals', value: 'text/html'", false, "application/pdf")]
    [InlineData("type: 'size', min: 5000", true, "5000")]
    [InlineData("type: 'size', min: 5001", false, "5000")]
    [InlineData("type: 'size', max: 5000", true, "5000")]
    [InlineData("type: 'size', max: 4999", false, "5000")]
    [InlineData("type: 'size', min: 1, max: 9000", true, "5000")]
    [InlineData("type: 'spamScore', min: 40", true, "40")]
    [InlineData("type: 'spamScore', min: 40.5", false, "40")]
    [InlineData("type: 'date', from: '2026-03-01', to: '2026-03-01'", true, "Sun 2026-03-01")]
    [InlineData("type: 'date', from: '2026-03-02'", false, "Sun 2026-03-01")]
    [InlineData("type: 'date', from: '2026-03-02', zone: 'Asia/Tokyo'", true, "Mon 2026-03-02")]
    [InlineData("type: 'date', to: '2026-02-28'", false, "Sun 2026-03-01")]
    [InlineData("type: 'date', to: '2026-02-28', of: 'header'", true, "Fri 2026-02-27")]
    [InlineData("type: 'weekday', days: ['sat', 'sun']", true, "Sun 2026-03-01")]
    [InlineData("type: 'weekday', days: ['sat', 'sun'], zone: 'Asia/Tokyo'", false, "Mon 2026-03-02")]
    [InlineData("type: 'weekday', days: ['fri'], of: 'header'", true, "Fri 2026-02-27")]
    [InlineData("type: 'list'", true, "list-id: News <news.lists.test>")]
    [InlineData("type: 'body', op: 'contains', value: '100 EURO'", true, "please pay 100 euro. thank you.")]
    [InlineData("type: 'body', op: 'contains', value: '200 euro'", false, "please pay 100 euro. thank you.")]
    [InlineData("type: 'body', op: 'regex', value: '\\\\d+ euro'", true, "please pay 100 euro. thank you.")]
    [InlineData("type: 'body', op: 'wildcard', value: 'please*you.'", true, "please pay 100 euro. thank you.")]
    [InlineData("type: 'body', op: 'exists'", true, "please pay 100 euro. thank you.")]
    public void Condition_holds_and_says_what_it_saw(string condition, bool expected, string? seen)
    {
        var outcome = Evaluate(condition, FilterSamples.Message);
        Assert.Equal(expected, outcome.IsMet);
        Assert.Equal(seen, outcome.Seen);
        Assert.Equal(!expected, Evaluate($"not: true, {condition}", FilterSamples.Message).IsMet);
        Assert.False(string.IsNullOrEmpty(outcome.Description));
    }

    [Theory]
    [InlineData("type: 'sender', op: 'exists'")]
    [InlineData("type: 'tag', op: 'exists'")]
    [InlineData("type: 'originalRecipient', op: 'wildcard', value: '*'")]
    [InlineData("type: 'header', name: 'from', op: 'wildcard', value: '*'")]
    [InlineData("type: 'attachmentName', op: 'exists'")]
    [InlineData("type: 'date', from: '0001-01-02', of: 'header'")]
    [InlineData("type: 'list'")]
    [InlineData("type: 'body', op: 'exists'")]
    public void What_a_message_does_not_have_is_met_only_when_negated(string condition)
    {
        var bare = new FilterMessage { Headers = [], Text = "" };
        Assert.False(Evaluate(condition, bare).IsMet);
        Assert.True(Evaluate($"not: true, {condition}", bare).IsMet);
        Assert.Equal("there is none", Evaluate(condition, bare).Reason);
    }

    [Theory]
    [InlineData("List-Post: <mailto:news@lists.test>", true)]
    [InlineData("List-Unsubscribe: <https://lists.test/>", true)]
    [InlineData("Precedence: List", true)]
    [InlineData("Precedence: bulk", false)]
    public void List_mail_is_known_by_its_fields(string field, bool expected) =>
        Assert.Equal(expected, Evaluate("type: 'list'", FilterSamples.Message with { Fields = FilterSamples.Fields(field) }).IsMet);

    [Fact]
    public void Value_seen_is_cut_between_characters()
    {
        var value = new string('a', 119) + "😀" + new string('b', 500);
        var message = FilterSamples.Message with { Text = value };
        Assert.Equal(new string('a', 119) + "…", Evaluate("type: 'body', op: 'exists'", message).Seen);
    }

    [Fact]
    public void Patterns_look_at_the_first_part_of_a_long_text()
    {
        var text = new string('a', 102_399);
        Assert.True(Evaluate("type: 'body', op: 'regex', value: 'z'", FilterSamples.Message with { Text = text + "z" }).IsMet);
        Assert.False(Evaluate("type: 'body', op: 'regex', value: 'z'", FilterSamples.Message with { Text = text + "az" }).IsMet);
        Assert.True(Evaluate("type: 'body', op: 'contains', value: 'z'", FilterSamples.Message with { Text = text + "az" }).IsMet);
    }

    [Fact]
    public void Expression_that_explodes_elsewhere_takes_linear_time()
    {
        var message = FilterSamples.Message with { Text = new string('a', 50_000) };
        Assert.False(Evaluate("type: 'body', op: 'regex', value: '^(a+)+$b'", message).IsMet);
    }

    [Theory]
    [InlineData("'all'", "header", "body", false)]
    [InlineData("'any'", "header", "body", true)]
    [InlineData("'all'", "header", "list", true)]
    [InlineData("'any'", "none", "body", false)]
    public void Conditions_work_together_as_match_says(string match, string first, string second, bool expected)
    {
        var conditions = new Dictionary<string, string>
        {
            ["header"] = "{ type: 'header', name: 'subject', op: 'contains', value: 'inv' }",
            ["none"] = "{ type: 'header', name: 'subject', op: 'contains', value: 'nothing' }",
            ["list"] = "{ type: 'list' }",
            ["body"] = "{ type: 'body', op: 'contains', value: 'nothing' }",
        };
        var filter = FilterSamples.Filter($"{{ match: {match}, conditions: [{conditions[first]}, {conditions[second]}] }}");
        Assert.Equal(expected, FilterSamples.Decide(FilterSamples.Message, filter).Trace[0].Applied);
    }

    [Theory]
    [InlineData("your", true)]
    [InlineData("other", false)]
    public void Query_must_hold_beside_any_condition_of_the_extension(string subject, bool expected)
    {
        var query = new FilterQuery { Headers = new Dictionary<string, string> { ["subject"] = subject } };
        var filter = FilterSamples.Filter("{ match: 'any', conditions: [{ type: 'list' }] }", query: query);
        Assert.Equal(expected, FilterSamples.Decide(FilterSamples.Message, filter).Trace[0].Applied);
    }

    [Fact]
    public void Match_any_without_conditions_asks_for_nothing() =>
        Assert.True(FilterSamples.Decide(FilterSamples.Message, FilterSamples.Filter("{ match: 'any' }")).Trace[0].Applied);

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, true)]
    public void Text_is_searched_after_the_decision_only_when_asked_to_be_thorough(bool thorough, bool? expected)
    {
        var filter = FilterSamples.Filter(
            "{ conditions: [{ type: 'tag', op: 'equals', value: 'other' }, { type: 'body', op: 'contains', value: 'pay' }] }");
        var decision = FilterEngine.Decide(new FilterInput
        {
            Message = FilterSamples.Message,
            Filters = [filter],
            IsThorough = thorough,
        });
        Assert.False(decision.Trace[0].Applied);
        Assert.Equal(expected, decision.Trace[0].Conditions[1].IsMet);
        Assert.Equal(
            "This does not hold: tag is \"other\"; found \"shop\".", decision.Trace[0].Reason);
    }

    private static ConditionOutcome Evaluate(string condition, FilterMessage message)
    {
        var filter = FilterSamples.Filter($"{{ conditions: [{{ {condition} }}] }}");
        return Assert.Single(FilterSamples.Decide(message, filter).Trace[0].Conditions);
    }
}
