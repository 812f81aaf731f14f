using System.Globalization;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using Microsoft.Playwright;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Browser;

/// <summary>One delivery as a timeline: what was decided, step by step, and why.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class DeliveryPageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of("delivery-decided", "delivery-encrypted", "delivery-refused");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var user = name switch
        {
            "delivery-decided" => await NewDecidedUserAsync(),
            "delivery-encrypted" => await NewEncryptingUserAsync(hasKey: true),
            _ => await NewFullUserAsync(),
        };
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();

        await page.ShowAsync($"deliveries/{await DeliverAsync(user)}");

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Timeline_has_every_decision_with_its_reason()
    {
        var user = await NewDecidedUserAsync();
        var id = await DeliverAsync(user);
        var delivery = await Api.GetDeliveryAsync(id, Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"deliveries/{id}");

        await Assertions.Expect(Step(page, "Received")).ToContainTextAsync("Not encrypted.");
        await Assertions.Expect(Step(page, "Address").GetByRole(AriaRole.Link, new() { Name = user.Id })).ToBeVisibleAsync();
        await Assertions.Expect(Step(page, "Limits")).ToContainTextAsync("Storage of the user");
        var filters = Step(page, "Filters").Locator(".filter-reading");
        await Assertions.Expect(filters).ToHaveCountAsync(2);
        await Assertions.Expect(filters.Nth(0)).ToContainTextAsync("did not apply Travel");
        await Assertions.Expect(filters.Nth(0)).ToContainTextAsync($"✗ {delivery.Filters[0].Conditions[0].Condition} {delivery.Filters[0].Conditions[0].Reason}");
        await Assertions.Expect(filters.Nth(1)).ToContainTextAsync("applied Bills");
        await Assertions.Expect(filters.Nth(1)).ToContainTextAsync($"✓ {delivery.Filters[1].Conditions[0].Condition} {delivery.Filters[1].Conditions[0].Reason}");
        await Assertions.Expect(Step(page, "Spam")).ToContainTextAsync("score 25, level 50");
        await Assertions.Expect(Step(page, "Forward")).ToContainTextAsync($"books@example.org {delivery.Outgoing.Single(sent => sent.Kind == "forward").QueueId}");
        await Assertions.Expect(Step(page, "Automatic reply")).ToContainTextAsync("carol@example.org");
        await Assertions.Expect(Step(page, "Stored")).ToContainTextAsync("Money/Bills");
        await Assertions.Expect(Step(page, "Stored")).ToContainTextAsync(@"\Flagged");
        await Assertions.Expect(Step(page, "Answer to the client")).ToContainTextAsync("250 2.1.5");
    }

    [Theory]
    [InlineData(false, "Stored as it came the user has no key", "timeline-skip")]
    [InlineData(true, "Stored encrypted OpenPGP", "timeline-done")]
    public async Task Timeline_says_whether_the_message_was_encrypted_and_why_not(bool hasKey, string said, string mark)
    {
        var user = await NewEncryptingUserAsync(hasKey);
        var page = await portal.OpenAsync();

        await page.ShowAsync($"deliveries/{await DeliverAsync(user)}");

        await Assertions.Expect(Step(page, "Encryption")).ToContainTextAsync(said);
        await Assertions.Expect(page.Locator($".{mark}").Filter(new() { HasText = said })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Timeline_of_refused_mail_marks_what_refused_it()
    {
        var user = await NewFullUserAsync();
        var page = await portal.OpenAsync();

        await page.ShowAsync($"deliveries/{await DeliverAsync(user)}");

        await Assertions.Expect(page.Locator(".page-head .badge")).ToContainTextAsync("Mailbox full");
        await Assertions.Expect(page.Locator(".timeline-stop h2")).ToHaveTextAsync(["Limits", "Answer to the client"]);
        await Assertions.Expect(Step(page, "Limits")).ToContainTextAsync(new Regex(@"Storage of the user .* used\s+over the limit"));
        await Assertions.Expect(Step(page, "Stored")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Time_of_a_delivery_is_that_of_the_viewers_zone()
    {
        var id = await DeliverAsync(await portal.Api.NewUserAsync("zoned"));
        var delivery = await Api.GetDeliveryAsync(id, Token);
        var page = await portal.OpenAsync(zone: "Asia/Tokyo");

        await page.ShowAsync($"deliveries/{id}");

        var there = delivery.Time.ToOffset(TimeSpan.FromHours(9));
        await Assertions.Expect(page.Locator(".page-head local-time time")).ToContainTextAsync(there.ToString("h:mm:ss", CultureInfo.InvariantCulture));
    }

    private static ILocator Step(IPage page, string title) => page.Locator(".timeline-step", new()
    {
        Has = page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }),
    });

    private async Task<string> DeliverAsync(UserResponse user)
    {
        await portal.OfferAsync(user, $"""
            From: Carol <carol@example.org>
            To: {user.Address}
            Subject: Invoice 7
            X-Rspamd-Action: add header

            Text

            """);
        return await portal.DeliveryToAsync(user);
    }

    /// <summary>A user for whom something is decided at every step.</summary>
    private async Task<UserResponse> NewDecidedUserAsync()
    {
        var user = await NewEncryptingUserAsync(hasKey: false);
        await Api.UpdateUserAsync(user.Id, new UpdateUserRequest { SpamLevel = 50 }, Token);
        await Api.SetAutoreplyAsync(user.Id, new SetAutoreplyRequest { Enabled = true, Text = "I am away." }, cancellationToken: Token);
        await Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "Travel", Query = new FilterQuery { Subject = "ticket" }, Action = new FilterAction { Seen = true } }, Token);
        await Api.CreateFilterAsync(
            user.Id,
            new FilterRequest
            {
                Name = "Bills",
                Query = new FilterQuery { Subject = "invoice" },
                Extension = new FilterExtension
                {
                    Actions = new FilterActions
                    {
                        Mailbox = new FilterMailbox { Path = "Money/Bills", Create = true },
                        Flagged = true,
                        Forward = ["books@example.org"],
                    },
                },
            },
            Token);
        return user;
    }

    // Only WildDuck's own API takes keys.
    private async Task<UserResponse> NewEncryptingUserAsync(bool hasKey)
    {
        var user = await portal.Api.NewUserAsync("encrypting");
        var change = Builders<BsonDocument>.Update.Set("encryptMessages", true);
        await new MongoClient(portal.Api.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(user.Id)),
            hasKey ? change.Set("pubKey", ReaderKeys.OpenPgp) : change,
            cancellationToken: Token);
        return user;
    }

    private async Task<UserResponse> NewFullUserAsync()
    {
        var user = await portal.Api.NewUserAsync("full");
        await Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Quota = 1 }, Token);
        return user;
    }
}
