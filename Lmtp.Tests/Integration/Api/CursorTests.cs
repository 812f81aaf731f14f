using System.Net;
using System.Text;
using System.Text.Json;
using Lmtp.Server.Storage;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Where a list goes on is what the list itself has said.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class CursorTests(ApiSystem system)
{
    /// <summary>As many characters more are a text of whole bytes again, which nothing but its length is wrong with.</summary>
    private const int WholeGroup = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_that_is_no_cursor_is_refused_by_every_list()
    {
        var lists = (await ApiDocument.ReadAsync(system)).Operations.Where(IsList).ToList();
        Assert.NotEmpty(lists);
        Assert.All(await AnswersAsync(lists, "!!!!"), AssertRefused);
    }

    [Fact]
    public async Task Cursor_of_another_list_is_refused_by_lists_that_go_by_time_or_number()
    {
        string[] names = ["SearchDeliveries", "SearchAudit", "ListApiKeys", "ListMessages", "SearchMessages", "ListQuotaRecalculations"];
        var lists = (await ApiDocument.ReadAsync(system)).Operations.Where(operation => names.Contains(operation.Id)).ToList();
        Assert.Equal(names.Order(), lists.Select(list => list.Id).Order());
        Assert.All(await AnswersAsync(lists, Convert.ToBase64String(Encoding.ASCII.GetBytes("alice1"))), AssertRefused);
    }

    [Theory]
    [InlineData(PageCursor.MaxLength, HttpStatusCode.OK)]
    [InlineData(PageCursor.MaxLength + WholeGroup, HttpStatusCode.BadRequest)]
    public async Task Cursor_is_read_up_to_its_greatest_length(int length, HttpStatusCode status)
    {
        var users = (await ApiDocument.ReadAsync(system)).Operations.Single(operation => operation.Id == "ListUsers");

        Assert.Equal(status, Assert.Single(await AnswersAsync([users], new string('Y', length))).Status);
    }

    private static bool IsList(ApiOperation operation) =>
        operation.QueryParameters.Any(parameter => parameter.GetProperty("name").GetString() == "cursor");

    private static void AssertRefused((string List, HttpStatusCode Status, string Body) answer)
    {
        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{answer.List} answered {answer.Status}");
        Assert.True(JsonDocument.Parse(answer.Body).RootElement.GetProperty("errors").TryGetProperty("cursor", out _), answer.Body);
    }

    private async Task<List<(string List, HttpStatusCode Status, string Body)>> AnswersAsync(IEnumerable<ApiOperation> lists, string cursor)
    {
        using var scene = await ContractScene.CreateAsync(system);
        var request = ContractRequest.At(("user", scene.User.Id), ("mailbox", scene.Inbox.Id));
        List<(string, HttpStatusCode, string)> answers = [];
        foreach (var list in lists)
        {
            using var message = list.ToMessage(request, $"?cursor={Uri.EscapeDataString(cursor)}");
            using var response = await ContractTests.ClientFor(list, system).SendAsync(message, Token);
            answers.Add((list.Id, response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
        }

        return answers;
    }
}
