using System.Net.Http.Json;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Asks every operation that changes something for a change, and looks for it in the audit log.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class AuditContractTests(ApiSystem system)
{
    /// <summary>What only looks, although it is asked with a body.</summary>
    private static readonly string[] Looks =
        ["CheckUsers", "ConnectToServer", "ExplainMessage", "FindPortalLink", "SendTestMessage", "TryFilter"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_is_in_the_log_with_the_state_before_and_since()
    {
        var api = await ApiDocument.ReadAsync(system);
        using var scene = await ContractScene.CreateAsync(system);
        List<string> faults = [];
        foreach (var operation in api.Operations.Where(operation => operation.Method != "GET" && !Looks.Contains(operation.Id)))
        {
            faults.AddRange(await CheckAsync(operation, await ContractCases.All[operation.Id](scene)));
        }

        Assert.Empty(faults);
    }

    private async Task<IReadOnlyList<string>> CheckAsync(ApiOperation operation, ContractRequest request)
    {
        using var message = operation.ToMessage(request, request.Query);
        message.Content = request.Body is null ? null : JsonContent.Create(request.Body, options: ContractTests.Web);
        using var response = await ContractTests.ClientFor(operation, system).SendAsync(message, Token);
        if (!response.IsSuccessStatusCode)
        {
            return [$"{operation.Id} answered {(int)response.StatusCode}"];
        }

        var path = Uri.UnescapeDataString(message.RequestUri!.AbsolutePath);
        var found = (await system.Api.SearchAuditAsync(operation: operation.Id, limit: 1, cancellationToken: Token)).Items;
        if (found is not [var newest] || newest.Path != path)
        {
            return [$"{operation.Id} of {path} is not in the log"];
        }

        List<string> faults = [];
        if (operation.Method != "POST" && newest.Before is null)
        {
            faults.Add($"{operation.Id} does not tell how it was before");
        }

        if (response.Content.Headers.ContentType is not null && newest.After is null)
        {
            faults.Add($"{operation.Id} does not tell how it is since");
        }

        return faults;
    }
}
