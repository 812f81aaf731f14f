using System.Text.Json;
using Lmtp.Admin.Filters;
using Lmtp.Contracts;

namespace Lmtp.Tests.Unit.Admin;

/// <summary>Filters between the API and the editor: what is not touched stays what it is.</summary>
public sealed class FilterDraftTests
{
    private const string Inbox = "0123456789abcdef01234567";

    private static readonly IReadOnlyList<MailboxResponse> Mailboxes = [new MailboxResponse { Id = Inbox, Path = "INBOX", Name = "INBOX" }];

    [Theory]
    [InlineData("""{ "query": { "from": "a", "to": "b", "subject": "c", "listId": "d", "text": "e f", "hasAttachments": true, "size": 5120 } }""")]
    [InlineData("""{ "query": { "size": -1000 } }""")]
    [InlineData("""{ "action": { "seen": true, "flag": false, "delete": false, "spam": false, "mailbox": "0123456789abcdef01234567", "targets": ["a@b.test", "smtp://c.test:25"] } }""")]
    [InlineData("""{ "extension": { "match": "any", "conditions": [{ "type": "header", "not": true, "name": "X-Priority", "op": "equals", "value": "1" }], "actions": {} } }""")]
    [InlineData("""{ "extension": { "match": "all", "conditions": [{ "type": "sender", "op": "wildcard", "value": "*@b" }, { "type": "recipient", "op": "exists" }, { "type": "originalRecipient", "op": "regex", "value": "x" }, { "type": "tag", "op": "contains", "value": "t" }], "actions": {} } }""")]
    [InlineData("""{ "extension": { "match": "all", "conditions": [{ "type": "attachmentName", "op": "equals", "value": "a" }, { "type": "attachmentType", "not": true, "op": "exists" }, { "type": "body", "op": "contains", "value": "b" }, { "type": "list" }], "actions": {} } }""")]
    [InlineData("""{ "extension": { "match": "all", "conditions": [{ "type": "size", "min": 1, "max": 2000 }, { "type": "spamScore", "max": 4.5 }, { "type": "size", "not": true, "min": 1 }], "actions": {} } }""")]
    [InlineData("""{ "extension": { "match": "all", "conditions": [{ "type": "date", "from": "2026-01-01", "zone": "Europe/Tallinn", "of": "header" }, { "type": "weekday", "days": ["mon", "sun"] }], "actions": {} } }""")]
    [InlineData("""{ "extension": { "match": "all", "conditions": [], "actions": { "mailbox": { "path": "A/B", "create": true }, "seen": true, "flagged": true, "keywords": ["k"], "spam": true, "delete": false, "reject": "no", "forward": ["a@b.test"], "redirect": ["c@d.test"], "stop": true } } }""")]
    [InlineData("""{ "query": { "subject": "c" }, "extension": { "match": "any", "conditions": [{ "type": "list" }, { "type": "header", "name": "from", "op": "contains", "value": "x" }], "actions": { "seen": true } } }""")]
    public void Filter_that_is_read_and_written_is_the_same(string json)
    {
        var given = JsonSerializer.Deserialize(json, LmtpJsonContext.Default.FilterRequest)! with { Name = "n" };

        var written = new FilterDraftWriter(Mailboxes).Write(new FilterDraftReader(Mailboxes).Read(Stored(given)));

        Assert.Equal(Text(given), Text(written));
    }

    [Fact]
    public void Conditions_of_wildduck_stay_its_own_while_all_must_hold()
    {
        var draft = new FilterDraft { Conditions = { new ConditionDraft { Value = "a" }, new ConditionDraft { Value = "b" } } };

        var request = new FilterDraftWriter(Mailboxes).Write(draft);

        Assert.Equal("a", request.Query!.Subject);
        Assert.Equal("b", Assert.Single(request.Extension!.Conditions!).Value);
        Assert.Equal(["query.subject", "extension.conditions[0]"], draft.Conditions.Select(condition => condition.Field));
    }

    [Fact]
    public void Actions_stand_where_wildduck_does_nothing_as_soon_as_it_understands_a_filter_by_half()
    {
        var draft = new FilterDraft
        {
            Conditions = { new ConditionDraft { Value = "a" }, new ConditionDraft { Kind = ConditionKind.Tag, Value = "b" } },
            Actions = { new ActionDraft { Kind = ActionKind.Delete } },
        };

        var request = new FilterDraftWriter(Mailboxes).Write(draft);

        Assert.Null(request.Action);
        Assert.True(request.Extension!.Actions!.Delete);
    }

    [Fact]
    public void Mailbox_is_named_by_its_path_where_its_id_cannot_stand()
    {
        var draft = new FilterDraft { Stop = true, Actions = { new ActionDraft { Mailbox = Inbox, Create = false } } };

        var request = new FilterDraftWriter(Mailboxes).Write(draft);

        Assert.Equal(new FilterMailbox { Path = "INBOX" }, request.Extension!.Actions!.Mailbox);
    }

    [Fact]
    public void Condition_takes_a_comparison_that_its_new_kind_has()
    {
        var condition = new ConditionDraft { Op = "regex", IsNegated = true, Kind = ConditionKind.Size };

        condition.Settle();

        Assert.Equal(("min", false, 1024L), (condition.Op, condition.IsNegated, condition.Unit));
    }

    [Fact]
    public void Filter_reads_as_a_sentence()
    {
        var draft = new FilterDraft
        {
            IsAny = true,
            Stop = true,
            Conditions = { new ConditionDraft { Value = "invoice" }, new ConditionDraft { Kind = ConditionKind.Size, Op = "min", Min = 5, Unit = 1024 } },
            Actions = { new ActionDraft { Mailbox = Inbox }, new ActionDraft { Kind = ActionKind.Seen } },
        };

        Assert.Equal("If Subject contains “invoice” or Size is at least 5\u00a0KiB: move to “INBOX”, mark as read, stop", FilterText.Sentence(draft, Mailboxes));
    }

    [Fact]
    public void Every_choice_has_words()
    {
        var words = Enum.GetValues<ConditionKind>().Select(FilterText.Kind)
            .Concat(Enum.GetValues<ActionKind>().Select(FilterText.Kind))
            .Concat(Enum.GetValues<ConditionKind>().SelectMany(kind =>
                FilterChoices.OperatorsOf(kind).Select(entry => FilterText.Operator(kind, entry.Op, entry.IsNegated))));

        Assert.DoesNotContain(words, word => word.StartsWith("Filter", StringComparison.Ordinal));
    }

    private static FilterResponse Stored(FilterRequest request) => new()
    {
        Id = Inbox,
        Name = request.Name,
        Query = request.Query ?? new FilterQuery(),
        Action = request.Action ?? new FilterAction(),
        Extension = request.Extension,
    };

    private static string Text(FilterRequest request) => JsonSerializer.Serialize(
        request with { Query = request.Query ?? new FilterQuery(), Action = request.Action ?? new FilterAction() },
        LmtpJsonContext.Default.FilterRequest);
}
