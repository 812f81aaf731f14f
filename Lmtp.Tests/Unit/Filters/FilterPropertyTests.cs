using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Filters;

/// <summary>Random lists of filters and random messages: the engine decides as the naive reference does.</summary>
public sealed class FilterPropertyTests
{
    private static readonly string[] Words = ["", "a", "ab", "abc", "b", "ba", "a b", "aB", "c.d", "news"];
    private static readonly string[] Names = ["subject", "from", "x-a", "list-id"];
    private static readonly string[] Operators = ["exists", "equals", "contains", "wildcard", "regex"];
    private static readonly string[] Wildcards = ["*", "a*", "*b", "?", "a?c", "*a*b*", "ab", "?*b"];
    private static readonly string[] Expressions = ["a", "^a", "b$", "a|b", "^(ab)+$", "a.?b", "[a-c]{2}", @"\."];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly string[] Types =
    [
        "header", "header", "sender", "recipient", "originalRecipient", "tag", "attachmentName", "attachmentType", "size",
        "spamScore", "date", "weekday", "list", "body",
    ];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Engine_decides_as_the_naive_reference(int seed, bool isThorough)
    {
        var random = new Random(seed);
        for (var round = 0; round < 3_000; round++)
        {
            var message = RandomMessage(random);
            var documents = Enumerable.Range(0, random.Next(6)).Select(_ => RandomFilter(random)).ToList();
            double? level = random.Next(4) switch { 0 => null, 1 => 0, 2 => 100, _ => random.Next(101) };
            var expected = NaiveFilters.Decide(message, documents, level);

            var filters = documents.Select(FilterStore.ToFilter).ToList();
            Assert.All(filters, filter => Assert.Empty(filter.Faults));
            var decision = FilterEngine.Decide(new FilterInput
            {
                Message = message,
                Filters = filters,
                SpamLevel = level,
                SpamScore = message.SpamScore,
                IsThorough = isThorough,
            });
            var actual = new NaiveFilters.Result(
                string.Join(' ', decision.Flags),
                decision.IsDeleted,
                decision.Reject,
                decision.Mailbox ?? decision.MailboxPath?.Path,
                decision.IsSpam,
                decision.IsRedirected,
                string.Join(' ', decision.Targets.Select(target => target.Value)),
                string.Join(' ', decision.Matching.Select(filter => filter.Id)));
            if (expected != actual)
            {
                Assert.Fail($"seed {seed}, round {round}: {expected} but {actual}\n{string.Join('\n', documents)}");
            }
        }
    }

    private static FilterMessage RandomMessage(Random random)
    {
        var headers = Enumerable.Range(0, random.Next(4)).Select(_ => (Pick(random, Names), Pick(random, Words))).ToList();
        return new FilterMessage
        {
            Headers = [.. headers.Select(header => KeyValuePair.Create(header.Item1, header.Item2.ToLowerInvariant()))],
            Fields = FilterSamples.Fields([.. headers.Select(header => $"{header.Item1}: {header.Item2}")]),
            Text = Pick(random, Words).ToLowerInvariant(),
            Attachments =
            [
                .. Enumerable.Range(0, random.Next(3)).Select(_ => new FilterAttachment(Pick(random, Words), Pick(random, Words))),
            ],
            Size = random.Next(10),
            Sender = Pick(random, Words),
            Recipient = "x" + Pick(random, Words),
            OriginalRecipient = random.Next(3) == 0 ? null : "x" + Pick(random, Words),
            Tag = random.Next(3) == 0 ? null : Pick(random, Words),
            SpamScore = random.Next(101),
            Received = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(random.Next(24 * 20)),
        };
    }

    private static BsonDocument RandomFilter(Random random)
    {
        var filter = new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId() },
            { "query", RandomQuery(random) },
            { "action", RandomAction(random) },
        };
        if (random.Next(5) > 0)
        {
            var lmtp = new BsonDocument();
            AddSometimes(random, lmtp, "order", () => random.Next(-2, 3));
            AddSometimes(random, lmtp, "match", () => Pick(random, ["all", "any"]));
            AddSometimes(random, lmtp, "conditions", () => new BsonArray(Enumerable.Range(0, random.Next(4)).Select(_ => RandomCondition(random))));
            AddSometimes(random, lmtp, "actions", () => RandomExtensionAction(random));
            filter.Add("lmtp", lmtp);
        }

        return filter;
    }

    private static BsonDocument RandomQuery(Random random)
    {
        var query = new BsonDocument();
        AddRarely(random, query, "size", () => random.Next(-9, 10));
        AddRarely(random, query, "ha", () => random.Next(2) == 0);
        AddRarely(random, query, "headers", () => new BsonDocument("subject", Pick(random, Words[1..])));
        return query;
    }

    private static BsonDocument RandomAction(Random random)
    {
        var action = new BsonDocument();
        AddRarely(random, action, "flag", () => random.Next(2) == 0);
        AddRarely(random, action, "seen", () => random.Next(2) == 0);
        AddRarely(random, action, "delete", () => random.Next(2) == 0);
        AddRarely(random, action, "spam", () => random.Next(3) switch { 0 => BsonNull.Value, 1 => true, _ => false });
        AddRarely(random, action, "mailbox", () => ObjectId.GenerateNewId());
        AddRarely(random, action, "targets", () => new BsonArray { new BsonDocument { { "type", "mail" }, { "value", RandomAddress(random) } } });
        return action;
    }

    private static BsonDocument RandomExtensionAction(Random random)
    {
        var action = new BsonDocument();
        AddRarely(random, action, "seen", () => random.Next(2) == 0);
        AddRarely(random, action, "flagged", () => random.Next(2) == 0);
        AddRarely(random, action, "keywords", () => new BsonArray { Pick(random, ["a", "b", "c"]) });
        AddRarely(random, action, "delete", () => random.Next(2) == 0);
        AddRarely(random, action, "spam", () => random.Next(2) == 0);
        AddRarely(random, action, "mailbox", () => new BsonDocument("path", Pick(random, ["A", "B/C"])));
        AddRarely(random, action, "reject", () => Pick(random, ["no", "never"]));
        AddRarely(random, action, "forward", () => new BsonArray { RandomAddress(random) });
        AddRarely(random, action, "redirect", () => new BsonArray { RandomAddress(random) });
        AddRarely(random, action, "stop", () => random.Next(2) == 0);
        return action;
    }

    private static BsonDocument RandomCondition(Random random)
    {
        var type = Pick(random, Types);
        var condition = new BsonDocument("type", type);
        AddRarely(random, condition, "not", () => random.Next(2) == 0);
        switch (type)
        {
            case "size" or "spamScore":
                condition.Add(random.Next(2) == 0 ? "min" : "max", random.Next(type == "size" ? 10 : 101));
                break;
            case "date":
                condition.Add(random.Next(2) == 0 ? "from" : "to", $"2026-01-{random.Next(1, 21):00}");
                break;
            case "weekday":
                condition.Add("days", new BsonArray { Pick(random, Days), Pick(random, Days) });
                break;
            case "list":
                break;
            default:
                AddPattern(random, condition);
                break;
        }

        if (type == "header")
        {
            condition.Add("name", Pick(random, Names));
        }

        return condition;
    }

    private static void AddPattern(Random random, BsonDocument condition)
    {
        var comparison = Pick(random, Operators);
        condition.Add("op", comparison);
        if (comparison != "exists")
        {
            condition.Add("value", Pick(random, comparison switch
            {
                "wildcard" => Wildcards,
                "regex" => Expressions,
                _ => Words[1..],
            }));
        }
    }

    private static string RandomAddress(Random random) => $"{Pick(random, ["a", "b", "c"])}@other.test";

    private static void AddSometimes(Random random, BsonDocument document, string name, Func<BsonValue> value)
    {
        if (random.Next(3) > 0)
        {
            document.Add(name, value());
        }
    }

    private static void AddRarely(Random random, BsonDocument document, string name, Func<BsonValue> value)
    {
        if (random.Next(4) == 0)
        {
            document.Add(name, value());
        }
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
