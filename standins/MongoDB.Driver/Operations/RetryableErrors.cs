namespace MongoDB.Driver.Operations;

/// <summary>The errors after which a second try may succeed.</summary>
internal static class RetryableErrors
{
    public static bool IsRetryable(Exception exception, bool isWrite)
    {
        return exception switch
        {
            MongoAuthenticationException => false,
            MongoConnectionException or MongoNotPrimaryException or MongoNodeIsRecoveringException or MongoConnectionPoolPausedException => true,
            MongoException labelled when isWrite && labelled.HasErrorLabel("RetryableWriteError") => true,
            MongoCommandException command => command.Code is 6 or 7 or 89 or 134 or 262 or 9001,
            _ => false,
        };
    }
}
