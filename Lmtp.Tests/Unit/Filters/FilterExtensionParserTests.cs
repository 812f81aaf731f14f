namespace Lmtp.Tests.Unit.Filters;

/// <summary>Each fault of an extension is told with the path of its field; both sides of each limit.</summary>
public sealed class FilterExtensionParserTests
{
    [Theory]
    [InlineData("{ match: 'some' }", "match")]
    [InlineData("{ match: 1 }", "match")]
    [InlineData("{ order: 'x' }", "order")]
    [InlineData("{ order: 1000001 }", "order")]
    [InlineData("{ unknown: 1 }", "unknown")]
    [InlineData("{ conditions: {} }", "conditions")]
    [InlineData("{ conditions: ['x'] }", "conditions[0]")]
    [InlineData("{ conditions: [{}] }", "conditions[0].type")]
    [InlineData("{ conditions: [{ type: 'moon' }] }", "conditions[0].type")]
    [InlineData("{ conditions: [{ type: 'list', not: 'yes' }] }", "conditions[0].not")]
    [InlineData("{ conditions: [{ type: 'list', value: 'x' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'list' }, { type: 'header', op: 'exists' }] }", "conditions[1].name")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a b', op: 'exists' }] }", "conditions[0].name")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a' }] }", "conditions[0].op")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a', op: 'like', value: 'x' }] }", "conditions[0].op")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a', op: 'contains' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a', op: 'contains', value: '' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a', op: 'contains', value: 5 }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'header', name: 'a', op: 'exists', value: 'x' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'body', op: 'regex', value: '(' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'body', op: 'regex', value: '(?=a)' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'body', op: 'regex', value: '(a)\\\\1' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'body', op: 'regex', value: '((a{1000}){1000}){1000}' }] }", "conditions[0].value")]
    [InlineData("{ conditions: [{ type: 'size' }] }", "conditions[0].min")]
    [InlineData("{ conditions: [{ type: 'size', min: -1 }] }", "conditions[0].min")]
    [InlineData("{ conditions: [{ type: 'size', min: 2, max: 1 }] }", "conditions[0].min")]
    [InlineData("{ conditions: [{ type: 'spamScore', max: 101 }] }", "conditions[0].max")]
    [InlineData("{ conditions: [{ type: 'date' }] }", "conditions[0].from")]
    [InlineData("{ conditions: [{ type: 'date', from: '2026-2-1' }] }", "conditions[0].from")]
    [InlineData("{ conditions: [{ type: 'date', from: '2026-02-02', to: '2026-02-01' }] }", "conditions[0].from")]
    [InlineData("{ conditions: [{ type: 'date', from: '2026-02-02', zone: 'Mars/Base' }] }", "conditions[0].zone")]
    [InlineData("{ conditions: [{ type: 'date', from: '2026-02-02', of: 'moon' }] }", "conditions[0].of")]
    [InlineData("{ conditions: [{ type: 'weekday' }] }", "conditions[0].days")]
    [InlineData("{ conditions: [{ type: 'weekday', days: [] }] }", "conditions[0].days")]
    [InlineData("{ conditions: [{ type: 'weekday', days: ['Mon'] }] }", "conditions[0].days[0]")]
    [InlineData("{ actions: [] }", "actions")]
    [InlineData("{ actions: { explode: true } }", "actions.explode")]
    [InlineData("{ actions: { seen: 1 } }", "actions.seen")]
    [InlineData("{ actions: { mailbox: 'A' } }", "actions.mailbox")]
    [InlineData("{ actions: { mailbox: {} } }", "actions.mailbox.path")]
    [InlineData("{ actions: { mailbox: { path: 'a//b' } } }", "actions.mailbox.path")]
    [InlineData("{ actions: { mailbox: { path: '/a' } } }", "actions.mailbox.path")]
    [InlineData("{ actions: { mailbox: { path: 'a', make: true } } }", "actions.mailbox.make")]
    [InlineData("{ actions: { keywords: ['two words'] } }", "actions.keywords[0]")]
    [InlineData("{ actions: { keywords: ['ok', '\\\\Seen'] } }", "actions.keywords[1]")]
    [InlineData("{ actions: { keywords: [''] } }", "actions.keywords[0]")]
    [InlineData("{ actions: { reject: ' ' } }", "actions.reject")]
    [InlineData("{ actions: { reject: 'a\\nb' } }", "actions.reject")]
    [InlineData("{ actions: { forward: 'a@b.test' } }", "actions.forward")]
    [InlineData("{ actions: { forward: ['nobody'] } }", "actions.forward[0]")]
    [InlineData("{ actions: { redirect: ['a b@c.test'] } }", "actions.redirect[0]")]
    public void Fault_names_its_field(string document, string field) =>
        Assert.Contains(FilterSamples.Parse(document).Faults, fault => fault.Field == field && fault.Message.Length > 0);

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(
            ["order", "conditions[0].op", "conditions[1].type", "actions.seen", "extra"],
            FilterSamples.Parse(
                "{ order: 'x', conditions: [{ type: 'tag' }, { type: 'x' }], actions: { seen: 'y' }, extra: 1 }")
                .Faults.Select(fault => fault.Field));

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Conditions_are_limited(int count, bool isValid) =>
        AssertValid(isValid, $"{{ conditions: [{string.Join(',', Enumerable.Repeat("{ type: 'list' }", count))}] }}");

    [Theory]
    [InlineData("regex", 512, true)]
    [InlineData("regex", 513, false)]
    [InlineData("wildcard", 512, true)]
    [InlineData("wildcard", 513, false)]
    [InlineData("contains", 1024, true)]
    [InlineData("contains", 1025, false)]
    public void Values_are_limited(string comparison, int length, bool isValid) =>
        AssertValid(isValid, $"{{ conditions: [{{ type: 'body', op: '{comparison}', value: '{new string('a', length)}' }}] }}");

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Targets_and_keywords_are_limited(int count, bool isValid)
    {
        AssertValid(isValid, $"{{ actions: {{ forward: [{string.Join(',', Enumerable.Repeat("'a@b.test'", count))}] }} }}");
        AssertValid(isValid, $"{{ actions: {{ keywords: [{string.Join(',', Enumerable.Repeat("'a'", count))}] }} }}");
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void Mailboxes_are_limited_in_depth(int depth, bool isValid) =>
        AssertValid(isValid, $"{{ actions: {{ mailbox: {{ path: '{string.Join('/', Enumerable.Repeat("a", depth))}' }} }} }}");

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Text_of_a_refusal_is_limited(int length, bool isValid) =>
        AssertValid(isValid, $"{{ actions: {{ reject: '{new string('a', length)}' }} }}");

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Keywords_are_limited_in_length(int length, bool isValid) =>
        AssertValid(isValid, $"{{ actions: {{ keywords: ['{new string('a', length)}'] }} }}");

    private static void AssertValid(bool isValid, string document) =>
        Assert.Equal(isValid, FilterSamples.Parse(document).Faults.Count == 0);
}
