using Lmtp.Server.Delivery;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>What scanners before us wrote, the user's level and the lists of domains, and the mailbox that follows.</summary>
public sealed class SpamRoutingTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Theory]
    [InlineData("X-Spam-Flag: YES", 50, "Junk")]
    [InlineData("X-Spam-Flag: NO", 50, "INBOX")]
    [InlineData("X-Spam-Flag: YES", 100, "INBOX")]
    [InlineData("X-Other: x", 0, "Junk")]
    [InlineData("X-Spam-Status: Yes, score=9.1 required=5.0", 50, "Junk")]
    [InlineData("X-Spam-Status: No, score=1.0 required=5.0", 50, "INBOX")]
    [InlineData("X-Spam-Status: Yesterday", 50, "INBOX")]
    [InlineData("X-Spam: Yes", 50, "Junk")]
    [InlineData("X-Rspamd-Action: reject", 75, "Junk")]
    [InlineData("X-Rspamd-Action: reject", 76, "INBOX")]
    [InlineData("X-Rspamd-Action: rewrite subject", 50, "Junk")]
    [InlineData("X-Rspamd-Action: greylist", 51, "INBOX")]
    [InlineData("X-Rspamd-Action: add header", 25, "Junk")]
    [InlineData("X-Rspamd-Action: add header", 26, "INBOX")]
    [InlineData("X-Rspamd-Action: no action", 1, "INBOX")]
    [InlineData("X-MS-Exchange-Organization-SCL: 5", 75, "Junk")]
    [InlineData("X-MS-Exchange-Organization-SCL: 9", 99, "Junk")]
    [InlineData("X-MS-Exchange-Organization-SCL: 1", 1, "INBOX")]
    [InlineData("X-Forefront-Antispam-Report: CIP:1.2.3.4;CTRY:US;SCL:8;SRV:", 99, "Junk")]
    [InlineData("X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:1", 1, "INBOX")]
    public async Task Header_and_level_decide(string header, int level, string expected)
    {
        await using var host = await StartAsync();
        Assert.Equal(expected, await DeliverAsync(host, header, level));
    }

    [Theory]
    [InlineData("X-My-Scanner: bad (9)", "Junk")]
    [InlineData("X-My-Scanner: good", "INBOX")]
    [InlineData("X-Spam-Status: Yes", "INBOX")]
    public async Task Rules_of_the_operator_take_the_place_of_the_defaults(string header, string expected)
    {
        await using var host = await StartAsync(
            ("Lmtp:Delivery:SpamRules:0:Header", "X-My-Scanner"),
            ("Lmtp:Delivery:SpamRules:0:Pattern", @"^bad \(\d+\)"),
            ("Lmtp:Delivery:SpamRules:0:Score", "60"));
        Assert.Equal(expected, await DeliverAsync(host, header, 60));
    }

    [Theory]
    [InlineData("block", "X-Other: x", "Junk")]
    [InlineData("allow", "X-Spam-Flag: YES", "INBOX")]
    public async Task Lists_of_domains_go_before_the_level(string action, string header, string expected)
    {
        await using var host = await StartAsync();
        await host.Database.GetCollection<BsonDocument>("domainaccess").InsertOneAsync(
            new BsonDocument { { "tag", "team" }, { "tagview", "team" }, { "domain", "friend.test" }, { "action", action } },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, await DeliverAsync(host, header, 50, "team"));
        var message = Assert.Single(await host.FindAsync("messages"));
        Assert.StartsWith($"{action}:team:", message["filters"][0].AsString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Header", "", "Lmtp:Delivery:SpamRules:0:Header")]
    [InlineData("Header", "two words", "Lmtp:Delivery:SpamRules:0:Header")]
    [InlineData("Pattern", "(", "Lmtp:Delivery:SpamRules:0:Pattern")]
    [InlineData("Pattern", "(?=a)", "Lmtp:Delivery:SpamRules:0:Pattern")]
    [InlineData("Score", "0", "Lmtp:Delivery:SpamRules:0:Score")]
    [InlineData("Score", "101", "Lmtp:Delivery:SpamRules:0:Score")]
    public void Rule_that_makes_no_sense_is_named(string field, string value, string key)
    {
        var rule = new SpamHeaderRule { Header = "X-A", Pattern = "a", Score = 1 };
        rule = field switch
        {
            "Header" => rule with { Header = value },
            "Pattern" => rule with { Pattern = value },
            _ => rule with { Score = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) },
        };
        var result = new DeliveryOptionsValidator().Validate(null, new DeliveryOptions { SpamRules = [rule] });
        Assert.Contains(key, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Scores_reach_from_1_to_100(int score) => Assert.True(new DeliveryOptionsValidator().Validate(
        null, new DeliveryOptions { SpamRules = [new SpamHeaderRule { Header = "X-A", Pattern = "a", Score = score }] }).Succeeded);

    private static async Task<string> DeliverAsync(DeliveryHost host, string header, int level, string? tag = null)
    {
        var user = await host.AddUserAsync("alice@example.test");
        var update = Builders<BsonDocument>.Update.Set("spamLevel", level);
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            tag is null ? update : update.Set("tagsview", new BsonArray { tag }),
            cancellationToken: TestContext.Current.CancellationToken);
        await host.DeliverAsync($"{header}\r\nFrom: bob@friend.test\r\n\r\ntext\r\n", "alice@example.test");
        var message = Assert.Single(await host.FindAsync("messages"));
        return (await host.FindAsync("mailboxes", $"{{ _id: ObjectId('{message["mailbox"]}') }}")).Single()["path"].AsString;
    }

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, $"spam{Guid.NewGuid():N}", settings);
}
