using System.Net;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AddressEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Added_main_address_replaces_the_former_one()
    {
        var user = await system.NewUserAsync();

        var added = await system.Api.AddAddressAsync(
            user.Id, new AddAddressRequest { Address = $"New.{user.Address}", Main = true }, Token);

        Assert.Equal($"new.{user.Address}", added.Address);
        var addresses = await system.Api.ListAddressesAsync(user.Id, Token);
        Assert.Equal([added.Address], addresses.Where(address => address.Main).Select(address => address.Address));
        Assert.Equal(2, addresses.Count);
    }

    [Fact]
    public async Task Address_that_differs_in_dots_only_is_taken()
    {
        var user = await system.NewUserAsync();
        var other = await system.NewUserAsync();

        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.AddAddressAsync(
            other.Id, new AddAddressRequest { Address = $"{user.Address[0]}.{user.Address[1..]}" }, Token));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Theory]
    [InlineData("no-at-sign")]
    [InlineData("tag+ged@api.test")]
    [InlineData("mi*ddle@api.test")]
    [InlineData("@api.test")]
    public async Task Address_that_cannot_be_stored_is_refused_by_field(string address)
    {
        var user = await system.NewUserAsync();

        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.AddAddressAsync(
            user.Id, new AddAddressRequest { Address = address }, Token));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("address", refused.Problem?.Errors?.Keys ?? []);
    }

    [Fact]
    public async Task Removed_address_takes_no_mail_any_more()
    {
        var user = await system.NewUserAsync();
        var added = await system.Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = $"gone.{user.Address}" }, Token);

        await system.Api.DeleteAddressAsync(user.Id, added.Id, cancellationToken: Token);

        Assert.DoesNotContain(await system.Api.ListAddressesAsync(user.Id, Token), address => address.Id == added.Id);
        var again = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.DeleteAddressAsync(user.Id, added.Id, cancellationToken: Token));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }
}
