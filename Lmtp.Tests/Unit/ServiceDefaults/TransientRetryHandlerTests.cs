using System.Net;
using Lmtp.ServiceDefaults;

namespace Lmtp.Tests.Unit.ServiceDefaults;

public sealed class TransientRetryHandlerTests
{
    private static readonly Uri Anywhere = new("http://lmtp.test/");

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    public async Task Get_that_fails_in_passing_is_repeated_until_it_succeeds(HttpStatusCode failure)
    {
        using var backend = new ScriptedBackend(failure, failure, HttpStatusCode.OK);
        using var client = Client(backend);

        using var response = await client.GetAsync(Anywhere, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(3, backend.Calls);
    }

    [Fact]
    public async Task Third_failure_is_the_answer()
    {
        using var backend = new ScriptedBackend(
            HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var client = Client(backend);

        using var response = await client.GetAsync(Anywhere, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(3, backend.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Post_with_an_idempotency_key_is_repeated(HttpStatusCode failure)
    {
        using var backend = new ScriptedBackend(failure, HttpStatusCode.Created);
        using var client = Client(backend);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one");

        using var response = await client.PostAsync(Anywhere, null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, backend.Calls);
    }

    [Fact]
    public async Task Post_without_a_key_is_never_repeated()
    {
        using var backend = new ScriptedBackend(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var client = Client(backend);

        using var response = await client.PostAsync(Anywhere, null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(1, backend.Calls);
    }

    [Fact]
    public async Task Final_answer_such_as_404_is_not_repeated()
    {
        using var backend = new ScriptedBackend(HttpStatusCode.NotFound, HttpStatusCode.OK);
        using var client = Client(backend);

        using var response = await client.GetAsync(Anywhere, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static HttpClient Client(HttpMessageHandler backend) => new(new TransientRetryHandler { InnerHandler = backend });

    private sealed class ScriptedBackend(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(answers[Calls++]);
            response.Headers.RetryAfter = new(TimeSpan.FromMilliseconds(1));
            return Task.FromResult(response);
        }
    }
}
