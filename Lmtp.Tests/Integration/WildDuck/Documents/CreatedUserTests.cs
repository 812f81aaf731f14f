using Lmtp.Contracts;
using Lmtp.Tests.Integration.WildDuck.Imap;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>Users that our API makes, beside those that WildDuck's API makes.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class CreatedUserTests(WildDuckSystem system)
{
    [Fact]
    public async Task User_of_our_api_equals_that_of_WildDucks_api()
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("Made.User");
        var ours = await system.Mail.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Password = WildDuckApi.Password, Address = $"{name}@example.com", Name = "A Name" },
            TestContext.Current.CancellationToken);
        var theirs = await system.Reference.Api.CreateUserAsync(name, $"{name}@example.com", "A Name");
        await AssertSameAsync(ours.Id, theirs);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("et")]
    [InlineData("ja")]
    [InlineData("xx")]
    public async Task Mailboxes_have_the_names_of_the_language(string language)
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("speaker");
        var ours = await system.Mail.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Password = WildDuckApi.Password, Address = $"{name}@example.com", Language = language },
            TestContext.Current.CancellationToken);
        var theirs = await system.Reference.Api.PostAsync("users", new()
        {
            ["username"] = name,
            ["password"] = WildDuckApi.Password,
            ["address"] = $"{name}@example.com",
            ["language"] = language,
        });
        await AssertSameAsync(ours.Id, (string)theirs["id"]!);
    }

    [Fact]
    public async Task Quota_and_retention_are_kept_alike()
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("limited");
        const long Quota = 5_000_000_000;
        const long Retention = 86_400_000;
        var ours = await system.Mail.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Password = WildDuckApi.Password, Address = $"{name}@example.com", Quota = Quota, Retention = Retention },
            TestContext.Current.CancellationToken);
        var theirs = await system.Reference.Api.PostAsync("users", new()
        {
            ["username"] = name,
            ["password"] = WildDuckApi.Password,
            ["address"] = $"{name}@example.com",
            ["quota"] = Quota,
            ["retention"] = Retention,
        });
        await AssertSameAsync(ours.Id, (string)theirs["id"]!);
    }

    [Fact]
    public async Task Further_addresses_equal_those_of_WildDucks_api()
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("several");
        var ours = await system.Mail.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Password = WildDuckApi.Password, Address = $"{name}@example.com", Name = name },
            TestContext.Current.CancellationToken);
        var theirs = await system.Reference.Api.CreateUserAsync(name, $"{name}@example.com", name);
        foreach (var address in (string[])[$"Second.{name}@example.com", $"{name}@bücher.example"])
        {
            await system.Mail.Api.AddAddressAsync(ours.Id, new AddAddressRequest { Address = address }, TestContext.Current.CancellationToken);
            await system.Reference.Api.PostAsync($"users/{theirs}/addresses", new() { ["address"] = address });
        }

        DocumentDifferences.AssertNone(
            await (await StoredMail.ReadAsync(system.Reference, theirs)).AddressesAsync(),
            await (await StoredMail.ReadAsync(system.Served, ours.Id)).AddressesAsync());
    }

    [Fact]
    public async Task User_of_our_api_logs_in_to_WildDucks_imap_and_pop3()
    {
        await system.RequireAsync();
        var name = WildDuckSystem.NewName("login");
        await system.Mail.Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Password = WildDuckApi.Password, Address = $"{name}@example.com" },
            TestContext.Current.CancellationToken);
        await NewMail.DeliverAsync(system.Mail.Lmtp, $"{name}@example.com", NewMail.Create("first"));

        await using var imap = await ImapClient.LoginAsync(system.Served.Imap, $"{name}@example.com", WildDuckApi.Password);
        await imap.CommandAsync("SELECT INBOX");
        Assert.Equal([1], await imap.SearchAsync("ALL"));
        await using var pop3 = await Pop3Client.LoginAsync(system.Served.Pop3, name, WildDuckApi.Password);
        Assert.Single(await pop3.ListAsync());
    }

    private async Task AssertSameAsync(string ourUser, string theirUser)
    {
        var ours = await StoredMail.ReadAsync(system.Served, ourUser);
        var theirs = await StoredMail.ReadAsync(system.Reference, theirUser);
        DocumentDifferences.AssertNone([await theirs.UserAsync()], [await ours.UserAsync()]);
        DocumentDifferences.AssertNone(await theirs.AddressesAsync(), await ours.AddressesAsync());
        DocumentDifferences.AssertNone(await theirs.MailboxesAsync(), await ours.MailboxesAsync());
    }
}
