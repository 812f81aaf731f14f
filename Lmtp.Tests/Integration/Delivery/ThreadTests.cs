using System.Text;
using System.Text.Json;
using Lmtp.Server.Delivery;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>Subjects and thread ids of the corpus's vectors, as delivery stores them.</summary>
public sealed class ThreadTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    [Fact]
    public async Task Subject_is_kept_in_the_message_and_stripped_in_the_thread()
    {
        using var vectors = await ReadAsync("normalizeSubject");
        await using var host = await StartAsync();
        foreach (var (vector, number) in vectors.RootElement.GetProperty("cases").EnumerateArray().Select((vector, number) => (vector, number)))
        {
            var (message, thread) = await DeliverAsync(
                host, $"Subject: {Encode(vector.GetProperty("in").GetString()!)}\r\nMessage-ID: <{number}@subjects.test>\r\n");
            Assert.Equal(vector.GetProperty("keep").GetString(), message["subject"].AsString);
            Assert.Equal(vector.GetProperty("strip").GetString(), thread["subject"].AsString);
        }
    }

    [Fact]
    public async Task Thread_is_known_by_the_ids_that_WildDuck_makes()
    {
        using var vectors = await ReadAsync("threadIds");
        foreach (var vector in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            await using var host = await StartAsync();
            var header = new StringBuilder($"Subject: {vector.GetProperty("subject").GetString()}\r\n");
            foreach (var field in vector.GetProperty("in").EnumerateObject())
            {
                foreach (var value in Values(field.Value))
                {
                    header.Append(field.Name).Append(": ").Append(value).Append("\r\n");
                }
            }

            var (_, thread) = await DeliverAsync(host, header.ToString());
            Assert.Equal(
                vector.GetProperty("out").EnumerateArray().Select(id => id.GetString()),
                thread["ids"].AsBsonArray.OfType<BsonString>().Select(id => id.Value));
        }
    }

    [Fact]
    public async Task Answer_joins_the_thread_of_its_question_under_the_same_subject_only()
    {
        await using var host = await StartAsync();
        var (_, question) = await DeliverAsync(host, "Subject: Lunch\r\nMessage-ID: <1@threads.test>\r\n");
        var (_, answer) = await DeliverAsync(
            host, "Subject: Re: [list] Lunch\r\nMessage-ID: <2@threads.test>\r\nIn-Reply-To: <1@threads.test>\r\n");
        var (_, other) = await DeliverAsync(
            host, "Subject: Dinner\r\nMessage-ID: <3@threads.test>\r\nIn-Reply-To: <1@threads.test>\r\n");
        Assert.Equal(question["_id"], answer["_id"]);
        Assert.NotEqual(question["_id"], other["_id"]);
    }

    private static IEnumerable<string?> Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()) : [value.GetString()];

    private static string Encode(string subject) => Ascii.IsValid(subject)
        ? subject
        : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(subject))}?=";

    private static async Task<JsonDocument> ReadAsync(string name) => JsonDocument.Parse(
        await File.ReadAllTextAsync(SharedData.RequireFile($"corpus/vectors/{name}.json"), TestContext.Current.CancellationToken));

    private static async Task<(BsonDocument Message, BsonDocument Thread)> DeliverAsync(DeliveryHost host, string header)
    {
        var outcome = Assert.Single(await host.DeliverAsync($"{header}\r\ntext\r\n", "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        var message = Assert.Single(await host.FindAsync("messages", $"{{ _id: ObjectId('{outcome.MessageId}') }}"));
        var thread = Assert.Single(await host.FindAsync("threads", $"{{ _id: ObjectId('{message["thread"]}') }}"));
        return (message, thread);
    }

    private async Task<DeliveryHost> StartAsync()
    {
        var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("threads"));
        await host.AddUserAsync("alice@example.test");
        return host;
    }
}
