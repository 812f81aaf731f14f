using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Something of everything that the API knows, for one test.</summary>
internal sealed class ContractScene(ApiSystem system, UserResponse user, MailboxResponse inbox) : IDisposable
{
    private readonly List<TcpClient> _connections = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public UserResponse User => user;

    public MailboxResponse Inbox => inbox;

    public LmtpApiClient Portal => new(system.PortalHttp);

    public int LmtpPort => system.System.Lmtp.Port;

    public static string NewAddress() => $"{ApiSystem.NewName("contract")}@api.test";

    public static async Task<ContractScene> CreateAsync(ApiSystem system)
    {
        var user = await system.NewUserAsync("contract");
        var inbox = (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "INBOX");
        return new ContractScene(system, user, inbox);
    }

    public ContractRequest AtUser() => ContractRequest.At(("user", user.Id));

    public async Task<ContractRequest> AtNewUserAsync() => ContractRequest.At(("user", (await system.NewUserAsync()).Id));

    public async Task<ContractRequest> AtNewAddressAsync()
    {
        var made = await system.Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = NewAddress() }, Token);
        return ContractRequest.At(("user", user.Id), ("address", made.Id));
    }

    public async Task<ContractRequest> AtNewMailboxAsync()
    {
        var made = await system.Api.CreateMailboxAsync(user.Id, new CreateMailboxRequest { Path = ApiSystem.NewName("Work") }, Token);
        return ContractRequest.At(("user", user.Id), ("mailbox", made.Id));
    }

    public async Task<ContractRequest> AtNewFilterAsync()
    {
        var made = await NewFilterAsync();
        return ContractRequest.At(("user", user.Id), ("filter", made.Id)) with { IfMatch = "*" };
    }

    public Task<FilterResponse> NewFilterAsync() => system.Api.CreateFilterAsync(
        user.Id, new FilterRequest { Query = new FilterQuery { From = "a" }, Action = new FilterAction { Seen = true } }, Token);

    public async Task<IReadOnlyList<string>> FilterIdsAsync() =>
        [.. (await system.Api.ListFiltersAsync(user.Id, Token)).Reverse().Select(filter => filter.Id)];

    public async Task<ContractRequest> AtNewMessageAsync()
    {
        await system.Api.SendAsync(
            new LmtpSendRequest { Host = "127.0.0.1", Port = LmtpPort, From = "a@example.org", To = [user.Address], Subject = ApiSystem.NewName("x"), Body = "y" },
            Token);
        var newest = (await system.Api.ListMessagesAsync(user.Id, inbox.Id, limit: 1, cancellationToken: Token)).Items[0];
        return ContractRequest.At(("user", user.Id), ("message", newest.Id));
    }

    /// <summary>A body about a message of the inbox.</summary>
    public async Task<ContractRequest> AtNewMessagesAsync(Func<string[], object> body)
    {
        var message = await AtNewMessageAsync();
        return ContractRequest.At(("user", user.Id), ("mailbox", inbox.Id)) with { Body = body([message.Path["message"]]) };
    }

    /// <summary>An attachment of a message that has just come.</summary>
    public async Task<ContractRequest> AtNewPartAsync()
    {
        var mail = """
            Subject: part
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename=a.bin

            abc
            --x--

            """.ReplaceLineEndings("\r\n");
        await using (var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token))
        {
            await client.DeliverAsync("a@example.org", [user.Address], Encoding.ASCII.GetBytes(mail), Token);
        }

        var newest = (await system.Api.ListMessagesAsync(user.Id, inbox.Id, limit: 1, cancellationToken: Token)).Items[0];
        var part = (await system.Api.GetMessageAsync(user.Id, newest.Id, Token)).Attachments[0];
        return ContractRequest.At(("user", user.Id), ("message", newest.Id), ("part", part.Id));
    }

    public async Task<ContractRequest> AtDeliveryAsync()
    {
        await AtNewMessageAsync();
        IReadOnlyList<DeliverySummaryResponse> found = [];
        await Eventually.TrueAsync(async () =>
            (found = (await system.Api.SearchDeliveriesAsync(new DeliverySearch { User = user.Id }, cancellationToken: Token)).Items).Count > 0);
        return ContractRequest.At(("delivery", found[0].Id));
    }

    public async Task<ContractRequest> WithAutoreplyAsync()
    {
        using var known = await system.Http.GetAsync($"/api/v1/users/{user.Id}/autoreply", Token);
        var tag = known.IsSuccessStatusCode ? "*" : null;
        await system.Api.SetAutoreplyAsync(user.Id, new SetAutoreplyRequest { Enabled = false, Text = "away" }, tag, Token);
        return AtUser();
    }

    public async Task<ContractRequest> AtNewForwardedAddressAsync() => ContractRequest.At(("address", (await system.Api.CreateForwardedAddressAsync(
        new CreateForwardedAddressRequest { Address = NewAddress(), Targets = ["a@example.org"] }, Token)).Id));

    public async Task<ContractRequest> AtNewAliasAsync() => ContractRequest.At(("alias", (await system.Api.CreateDomainAliasAsync(
        new CreateDomainAliasRequest { Alias = $"{ApiSystem.NewName("contract")}.test", Domain = "api.test" }, Token)).Id));

    public async Task<ContractRequest> AtNewKeyAsync() => ContractRequest.At(("key", (await system.Api.CreateApiKeyAsync(
        new CreateApiKeyRequest { Name = "contract", Scope = "read" }, Token)).Id));

    /// <summary>A rule of a rate limit for one domain.</summary>
    public async Task<ContractRequest> AtOverrideAsync()
    {
        const string Limit = "sender_domain_messages";
        var domain = $"{ApiSystem.NewName("contract")}.test";
        await system.Api.SetRateLimitOverrideAsync(Limit, domain, new SetRateLimitOverrideRequest { Count = 5, PeriodSeconds = 60 }, null, Token);
        return ContractRequest.At(("name", Limit), ("subject", domain));
    }

    /// <summary>A recalculation of quotas that is at its end, so that another one can begin.</summary>
    public async Task<ContractRequest> AtRecalculationAsync()
    {
        QuotaRecalculationResponse? newest = null;
        await Eventually.TrueAsync(async () =>
        {
            var found = (await system.Api.ListQuotaRecalculationsAsync(limit: 1, cancellationToken: Token)).Items;
            newest = found is [var run, ..] ? run : await system.Api.StartQuotaRecalculationAsync("contract.test", Token);
            return newest.Finished is not null;
        });
        return ContractRequest.At(("recalculation", newest!.Id));
    }

    /// <summary>The id of a change that stands in the audit log.</summary>
    public async Task<string> AuditEntryAsync() =>
        (await system.Api.SearchAuditAsync(target: User.Id, limit: 1, cancellationToken: Token)).Items[0].Id;

    public async Task<PortalAccount> NewAccountAsync()
    {
        var name = ApiSystem.NewName("contract");
        return await Portal.AddPortalAccountAsync(new PortalAccount { Name = name, NormalizedName = name.ToUpperInvariant() }, Token);
    }

    public async Task<PortalLinkToken> NewLinkAsync() => new((await system.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token)).Token!);

    public async Task<PortalLinkToken> RedeemedLinkAsync()
    {
        var link = await NewLinkAsync();
        await Portal.RedeemPortalLinkAsync(link.Token, Token);
        return link;
    }

    public async Task<ContractRequest> AtSimpleMailboxAsync(object? body = null)
    {
        var made = await system.Api.CreateSimpleMailboxAsync(new SimpleMailboxRequest { Username = NewAddress(), Password = "secret" }, Token);
        return ContractRequest.At(("address", made.Address)) with { Body = body };
    }

    /// <summary>An LMTP connection that stays open until the test is over.</summary>
    public async Task<ContractRequest> AtConnectionAsync()
    {
        var before = await system.Api.ListConnectionsAsync(Token);
        var client = new TcpClient();
        _connections.Add(client);
        await client.ConnectAsync(system.System.Lmtp, Token);
        ConnectionResponse? made = null;
        await Eventually.TrueAsync(async () => (made = (await system.Api.ListConnectionsAsync(Token))
            .FirstOrDefault(open => before.All(other => other.Id != open.Id))) is not null);
        return ContractRequest.At(("connection", made!.Id));
    }

    public ContractRequest ConnectQuery() =>
        new() { Query = string.Create(CultureInfo.InvariantCulture, $"?host=127.0.0.1&port={LmtpPort}&timeout=60000") };

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());
}
