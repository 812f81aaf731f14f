using Aspire.Hosting;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("maildb")]
    [InlineData("mail-db-2")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl")]
    public void Valid_name_is_taken(string name)
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);

        Assert.Equal(name, builder.AddExecutable(name, "true", ".").Resource.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1mail")]
    [InlineData("-mail")]
    [InlineData("mail_db")]
    [InlineData("mail.db")]
    [InlineData("mail-")]
    [InlineData("mail--db")]
    [InlineData("mäil")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm")]
    public void Invalid_name_is_refused(string name)
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);

        Assert.ThrowsAny<ArgumentException>(() => builder.AddExecutable(name, "true", "."));
    }

    [Fact]
    public void Second_resource_of_a_name_is_refused_without_regard_to_case()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        builder.AddExecutable("mail", "true", ".");

        Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("MAIL", "true", "."));
    }

    [Fact]
    public void Second_endpoint_of_a_name_is_refused()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var resource = builder.AddExecutable("mail", "true", ".").WithHttpEndpoint();

        Assert.Throws<DistributedApplicationException>(() => resource.WithHttpEndpoint());
    }
}
