using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Unit.Aspire;

public sealed class ReferenceExpressionTests
{
    [Fact]
    public async Task Holes_are_filled_with_the_values_of_their_providers()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var password = builder.AddParameter("password", "s3cret", secret: true);

        var expression = ReferenceExpression.Create($"user:{password}@host");

        Assert.Equal("user:s3cret@host", await expression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("user:{password.value}@host", expression.ValueExpression);
    }

    [Fact]
    public async Task Uri_format_escapes_the_value()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var password = builder.AddParameter("password", "a/b@c", secret: true);

        var expression = ReferenceExpression.Create($"mongodb://{password:uri}@host");

        Assert.Equal("mongodb://a%2Fb%40c@host", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Expression_within_an_expression_is_resolved()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var inner = ReferenceExpression.Create($"{builder.AddParameter("port", "25")}");

        var outer = ReferenceExpression.Create($"host:{inner}");

        Assert.Equal("host:25", await outer.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("host:{port.value}", outer.ValueExpression);
    }

    [Fact]
    public async Task Builder_appends_literals_texts_and_providers_in_order()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var parameter = builder.AddParameter("name", "value");
        var expression = new ReferenceExpressionBuilder();
        Assert.True(expression.IsEmpty);

        expression.AppendLiteral("a=");
        expression.Append($"{parameter};");
        expression.AppendFormatted("b");

        Assert.Equal("a=value;b", await expression.Build().GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Endpoint_property_in_the_manifest_names_its_binding()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var endpoint = builder.AddExecutable("mail", "true", ".").WithEndpoint(scheme: "tcp", name: "lmtp").GetEndpoint("lmtp");

        Assert.Equal("{mail.bindings.lmtp.port}", endpoint.Property(EndpointProperty.Port).ValueExpression);
        Assert.Equal("{mail.bindings.lmtp.host}:{mail.bindings.lmtp.port}", endpoint.Property(EndpointProperty.HostAndPort).ValueExpression);
    }

    [Fact]
    public void Endpoint_that_is_not_allocated_has_no_port()
    {
        using var directory = new TemporaryDirectory();
        using var builder = Compose.Application(directory);
        var endpoint = builder.AddExecutable("mail", "true", ".").WithEndpoint(scheme: "tcp", name: "lmtp").GetEndpoint("lmtp");

        Assert.False(endpoint.IsAllocated);
        Assert.Throws<InvalidOperationException>(() => endpoint.Port);
    }
}
