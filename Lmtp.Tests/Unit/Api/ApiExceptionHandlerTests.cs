using System.Runtime.CompilerServices;
using Lmtp.Server.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Driver;

namespace Lmtp.Tests.Unit.Api;

public sealed class ApiExceptionHandlerTests
{
    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(MongoConnectionException))]
    [InlineData(typeof(MongoConnectionPoolPausedException))]
    [InlineData(typeof(MongoNotPrimaryException))]
    [InlineData(typeof(MongoNodeIsRecoveringException))]
    public async Task Database_that_is_away_for_a_while_is_told_with_a_pause(Type exception)
    {
        var context = await HandleAsync(NewException(exception));

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
        Assert.Equal("5", context.Response.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(MongoCommandException))]
    [InlineData(typeof(MongoWriteException))]
    public async Task Failure_of_our_own_is_told_as_such(Type exception)
    {
        var context = await HandleAsync(NewException(exception));

        Assert.Equal(StatusCodes.Status500InternalServerError, context.Response.StatusCode);
    }

    // Only the driver itself knows the servers and connections that most of them are made with.
    private static Exception NewException(Type type) => (Exception)RuntimeHelpers.GetUninitializedObject(type);

    private static async Task<HttpContext> HandleAsync(Exception exception)
    {
        var context = new DefaultHttpContext();
        var handler = new ApiExceptionHandler(new Problems(), NullLogger<ApiExceptionHandler>.Instance);
        Assert.True(await handler.TryHandleAsync(context, exception, TestContext.Current.CancellationToken));
        return context;
    }

    private sealed class Problems : IProblemDetailsService
    {
        public ValueTask WriteAsync(ProblemDetailsContext context) => ValueTask.CompletedTask;

        public ValueTask<bool> TryWriteAsync(ProblemDetailsContext context) => ValueTask.FromResult(true);
    }
}
