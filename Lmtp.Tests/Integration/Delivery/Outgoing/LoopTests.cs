using System.Text;
using Lmtp.Server.Protocol;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

/// <summary>Two servers whose users answer or forward to each other, and a relay that carries it all to and fro.</summary>
public sealed class LoopTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    private static readonly byte[] Message = Encoding.ASCII.GetBytes(
        "From: alice@one.test\r\nTo: bob@two.test\r\nSubject: Are you there?\r\nMessage-ID: <first@one.test>\r\n\r\nHello.\r\n");

    [Theory]
    [InlineData(false, new[] { "alice@one.test" })]
    [InlineData(true, new[] { "alice@one.test", "bob@two.test" })]
    public async Task Two_autoreplies_that_face_each_other_end_after_one_reply_each(bool careless, string[] answered)
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        await AutoreplyTests.AddAbsentUserAsync(one, "alice@one.test");
        await AutoreplyTests.AddAbsentUserAsync(two, "bob@two.test");
        var relay = Between(one, two, careless);

        await relay.HandOverAsync("alice@one.test", "bob@two.test", Message);
        await relay.RunAsync();

        Assert.Equal(answered, relay.Relayed.Select(message => message.Recipient));
        Assert.Equal(careless ? 2 : 1, (await two.FindAsync("messages")).Count);
        Assert.Single(await one.FindAsync("messages"));
    }

    [Fact]
    public async Task Replies_name_the_null_sender_and_say_that_they_are_replies()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        await one.AddUserAsync("alice@one.test");
        await AutoreplyTests.AddAbsentUserAsync(two, "bob@two.test");
        var relay = Between(one, two, careless: false);

        await relay.HandOverAsync("alice@one.test", "bob@two.test", Message);
        await relay.RunAsync();

        var reply = Assert.Single(relay.Relayed);
        Assert.Equal(string.Empty, reply.Sender);
        Assert.Contains("\r\nAuto-Submitted: auto-replied\r\n", reply.Message, StringComparison.Ordinal);
        Assert.Contains("\r\nIn-Reply-To: <first@one.test>\r\n", reply.Message, StringComparison.Ordinal);
        var stored = Assert.Single(await one.FindAsync("messages"));
        Assert.Equal("Auto: Re: Are you there?", stored["subject"].AsString);
        Assert.Equal(string.Empty, stored["meta"]["from"].AsString);
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("one secret for both", 2)]
    public async Task Two_users_who_forward_to_each_other_get_a_message_so_many_times(string secret, int hops)
    {
        await using var one = await StartAsync("one", ("Lmtp:Delivery:LoopSecret", secret));
        await using var two = await StartAsync("two", ("Lmtp:Delivery:LoopSecret", secret));
        await ForwardingTests.SetTargetsAsync(one, await one.AddUserAsync("alice@one.test"), ("mail", "bob@two.test"));
        await ForwardingTests.SetTargetsAsync(two, await two.AddUserAsync("bob@two.test"), ("mail", "alice@one.test"));
        var relay = Between(one, two, careless: false);

        await relay.HandOverAsync("carol@friend.test", "bob@two.test", Message);
        await relay.RunAsync();

        Assert.Equal(hops, relay.Relayed.Count);
    }

    private static QueueRelay Between(DeliveryHost one, DeliveryHost two, bool careless) =>
        new(new Dictionary<string, DeliveryHost> { ["one.test"] = one, ["two.test"] = two }) { IsCareless = careless };

    private async Task<DeliveryHost> StartAsync(string name, params (string Key, string Value)[] settings)
    {
        redis.Require();
        var host = await DeliveryHost.StartAsync(
            mongo,
            EmbeddedMongoFixture.NewName(name),
            builder =>
            {
                builder.AddRedisClient("redis");
                builder.AddLmtpProtocol();
            },
            [("ConnectionStrings:redis", redis.ConnectionString), ("Lmtp:Listeners:0:Port", "0"), .. settings]);
        await Eventually.TrueAsync(() => host.Get<RedisConnection>().IsConnected);
        return host;
    }
}
