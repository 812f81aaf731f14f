using Lmtp.Server.Storage;
using MongoDB.Driver;

namespace Lmtp.Tests.Unit.Storage;

/// <summary>How long the database may take.</summary>
public sealed class DatabaseTimeoutsTests
{
    [Theory]
    [InlineData("mongodb://127.0.0.1:1/mail", 60)]
    [InlineData("mongodb://127.0.0.1:1/mail?socketTimeoutMS=7000", 7)]
    public void An_answer_is_not_waited_for_without_end(string connectionString, int seconds)
    {
        var settings = MongoClientSettings.FromConnectionString(connectionString);
        DatabaseTimeouts.Apply(settings);
        Assert.Equal(TimeSpan.FromSeconds(seconds), settings.SocketTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.ServerSelectionTimeout);
    }
}
