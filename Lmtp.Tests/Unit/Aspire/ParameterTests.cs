using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class ParameterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Value_comes_from_the_configuration()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory, "--Parameters:api-key=given");

        var parameter = builder.AddParameter("api-key", new GenerateParameterDefault(), secret: true);

        Assert.Equal("given", await parameter.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task Parameter_without_value_or_default_names_its_key()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var parameter = builder.AddParameter("api-key");

        var error = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.Resource.GetValueAsync(Cancellation));

        Assert.Contains("Parameters:api-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_string_comes_from_the_configuration()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory, "--ConnectionStrings:maildb=mongodb://there/mail");

        var connection = builder.AddConnectionString("maildb");

        Assert.Equal("mongodb://there/mail", await connection.Resource.GetConnectionStringAsync(Cancellation));
    }

    [Fact]
    public async Task Application_with_a_missing_connection_string_does_not_start()
    {
        using var directory = new TemporaryDirectory();
        await using var builder = Compose.Application(directory);
        builder.AddConnectionString("maildb");
        await using var app = await builder.BuildAsync(Cancellation);

        await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => app.StartAsync(Cancellation));
    }

    [Fact]
    public void Generated_value_has_the_wanted_length_and_alphabet()
    {
        var value = new GenerateParameterDefault { MinLength = 40, Special = false, Upper = false, MinNumeric = 5 }.GetDefaultValue();

        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 5);
        Assert.All(value, character => Assert.True(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)));
    }

    [Fact]
    public void Generated_values_differ()
    {
        var source = new GenerateParameterDefault { MinLength = 22 };

        Assert.NotEqual(source.GetDefaultValue(), source.GetDefaultValue());
    }
}
