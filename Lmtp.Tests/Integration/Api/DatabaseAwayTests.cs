using System.Net;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Database_that_is_away_is_503_and_comes_back_by_itself()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var system = await MailSystem.StartAsync(cancellationToken);
        using var http = system.CreateHttpClient();
        var api = new LmtpApiClient(http);
        await api.ListUsersAsync(cancellationToken: cancellationToken);

        await system.Mongo.KillAsync(cancellationToken);
        var away = await Assert.ThrowsAsync<LmtpApiException>(() => api.ListUsersAsync(cancellationToken: cancellationToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);

        await system.StartMongoAsync(cancellationToken);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await api.ListUsersAsync(cancellationToken: cancellationToken)).Items.Count == 0;
            }
            catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }
        });
    }
}
