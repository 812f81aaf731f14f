using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class MessageConditionTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("flags")]
    [InlineData("move")]
    [InlineData("delete")]
    public async Task Message_that_changed_since_it_was_seen_is_left_alone(string change)
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAsync(user, "seen");
        var seen = await TagAsync(user, id);
        await system.Api.UpdateMessageAsync(user.Id, id, new UpdateMessageRequest { Seen = true }, cancellationToken: Token);

        using var refused = await ChangeAsync(user, id, change, seen);
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal(1, (await system.MailboxAsync(user)).Total);

        using var made = await ChangeAsync(user, id, change, await TagAsync(user, id));
        Assert.True(made.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Answer_carries_the_tag_for_the_next_change()
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAsync(user, "seen");

        using var first = await ChangeAsync(user, id, "flags", await TagAsync(user, id));
        using var second = await ChangeAsync(user, id, "delete", first.Headers.ETag!.Tag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Of_many_changes_of_one_state_one_is_made()
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAsync(user, "seen");
        var seen = await TagAsync(user, id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ChangeAsync(user, id, "flags", seen)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private async Task<string> TagAsync(UserResponse user, string id)
    {
        using var response = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/{id}", Token);
        return response.Headers.ETag!.Tag;
    }

    private async Task<HttpResponseMessage> ChangeAsync(UserResponse user, string id, string change, string tag)
    {
        var path = $"/api/v1/users/{user.Id}/messages/{id}";
        using var request = change switch
        {
            "flags" => new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(new { flagged = true }) },
            "move" => new HttpRequestMessage(HttpMethod.Post, $"{path}/move")
            {
                Content = JsonContent.Create(new { mailbox = (await system.MailboxAsync(user, "Trash")).Id }),
            },
            _ => new HttpRequestMessage(HttpMethod.Delete, path),
        };
        request.Headers.Add("If-Match", tag);
        return await system.Http.SendAsync(request, Token);
    }
}
