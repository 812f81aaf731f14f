using Lmtp.Contracts;
using Lmtp.ServiceDefaults;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Creations whose first answer gets lost on the way, through the handler that repeats requests.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class CreationRetryTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creation_whose_answer_is_lost_is_made_once_and_answered_all_the_same()
    {
        using var line = new LossyLine { InnerHandler = new SocketsHttpHandler() };
        using var http = new HttpClient(new TransientRetryHandler { InnerHandler = line }) { BaseAddress = system.System.Api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, system.Http.DefaultRequestHeaders.GetValues(LmtpApiHeaders.ApiKey).Single());
        var api = new LmtpApiClient(http);
        var name = ApiSystem.NewName("retried");

        var user = await api.CreateUserAsync(new CreateUserRequest { Username = name, Address = $"{name}@api.test" }, Token);
        await api.AddAddressAsync(user.Id, new AddAddressRequest { Address = $"second-{name}@api.test" }, Token);
        await api.CreateMailboxAsync(user.Id, new CreateMailboxRequest { Path = "Work" }, Token);
        await api.CreateFilterAsync(user.Id, new FilterRequest { Name = name, Query = new FilterQuery { Subject = "x" }, Action = new FilterAction { Seen = true } }, Token);
        await api.CreateForwardedAddressAsync(new CreateForwardedAddressRequest { Address = $"forward-{name}@api.test", Targets = ["a@example.org"] }, Token);
        await api.CreateDomainAliasAsync(new CreateDomainAliasRequest { Alias = $"{name}.test", Domain = "api.test" }, Token);
        var key = await api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = name, Scope = "read" }, Token);
        await api.CreateSimpleMailboxAsync(new SimpleMailboxRequest { Username = $"simple-{name}@api.test", Password = "a long password" }, Token);

        Assert.Equal(8, line.Lost);
        Assert.Equal(line.Lost, line.Replayed);
        Assert.Single(await system.Api.ListFiltersAsync(user.Id, Token));
        Assert.NotEmpty(key.Key);
        Assert.Single((await system.Api.SearchAuditAsync(operation: "CreateUser", target: user.Id, cancellationToken: Token)).Items);
    }

    /// <summary>Loses the first answer to each creation; what comes with the second one is told.</summary>
    private sealed class LossyLine : DelegatingHandler
    {
        private readonly HashSet<string> _seen = [];

        public int Lost { get; private set; }

        public int Replayed { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post && _seen.Add(request.Headers.GetValues(LmtpApiHeaders.IdempotencyKey).Single()))
            {
                Assert.True(response.IsSuccessStatusCode);
                response.Dispose();
                Lost++;
                throw new HttpRequestException("The answer got lost.");
            }

            Replayed += response.Headers.Contains(LmtpApiHeaders.IdempotencyReplayed) ? 1 : 0;
            return response;
        }
    }
}
