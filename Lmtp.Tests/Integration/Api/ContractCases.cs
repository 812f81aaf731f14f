using Lmtp.Contracts;
using static Lmtp.Tests.Integration.Api.ContractRequest;

namespace Lmtp.Tests.Integration.Api;

/// <summary>
/// For each operation of the API a request that it grants. An operation that is not listed here makes the contract tests
/// fail, and so does one that is listed and gone.
/// </summary>
internal static class ContractCases
{
    public static IReadOnlyDictionary<string, Func<ContractScene, Task<ContractRequest>>> All { get; } =
        new Dictionary<string, Func<ContractScene, Task<ContractRequest>>>
        {
            ["ListUsers"] = Always(new ContractRequest { Query = "?search=contract&limit=2" }),
            ["CreateUser"] = _ => Now(With(new { username = ApiSystem.NewName("contract"), password = "secret", address = ContractScene.NewAddress() })),
            ["CheckUsers"] = _ => Now(With(new { users = new[] { new { username = ApiSystem.NewName("contract") } } })),
            ["GetUser"] = scene => Now(scene.AtUser()),
            ["UpdateUser"] = scene => Now(scene.AtUser() with { Body = new { name = "Contract", quota = 1_000_000_000, tags = new[] { "a" } }, IfMatch = "*" }),
            ["DeleteUser"] = scene => scene.AtNewUserAsync(),

            ["ListAddresses"] = scene => Now(scene.AtUser()),
            ["AddAddress"] = scene => Now(scene.AtUser() with { Body = new { address = ContractScene.NewAddress(), name = "Second" } }),
            ["GetAddress"] = scene => scene.AtNewAddressAsync(),
            ["UpdateAddress"] = async scene => await scene.AtNewAddressAsync() with { Body = new { name = "Other" } },
            ["DeleteAddress"] = scene => scene.AtNewAddressAsync(),
            ["ResolveAddress"] = scene => Now(new ContractRequest { Query = $"?address={scene.User.Address}" }),
            ["ListForwardedAddresses"] = Always(new ContractRequest { Query = "?search=contract" }),
            ["CreateForwardedAddress"] = _ => Now(With(new { address = ContractScene.NewAddress(), targets = new[] { "a@example.org" }, forwards = 5 })),
            ["GetForwardedAddress"] = scene => scene.AtNewForwardedAddressAsync(),
            ["UpdateForwardedAddress"] = async scene => await scene.AtNewForwardedAddressAsync() with { Body = new { disabled = true } },
            ["DeleteForwardedAddress"] = scene => scene.AtNewForwardedAddressAsync(),
            ["ListDomainAliases"] = Always(Plain),
            ["CreateDomainAlias"] = _ => Now(With(new { alias = $"{ApiSystem.NewName("contract")}.test", domain = "api.test" })),
            ["GetDomainAlias"] = scene => scene.AtNewAliasAsync(),
            ["DeleteDomainAlias"] = scene => scene.AtNewAliasAsync(),

            ["GetAutoreply"] = scene => scene.WithAutoreplyAsync(),
            ["SetAutoreply"] = async scene => await scene.WithAutoreplyAsync() with { Body = new { enabled = true, subject = "Away", text = "Until Monday" }, IfMatch = "*" },
            ["DeleteAutoreply"] = scene => scene.WithAutoreplyAsync(),
            ["GetQuota"] = scene => Now(scene.AtUser()),
            ["RecalculateQuota"] = scene => Now(scene.AtUser()),

            ["ListMailboxes"] = scene => Now(scene.AtUser()),
            ["CreateMailbox"] = scene => Now(scene.AtUser() with { Body = new { path = ApiSystem.NewName("Work"), retention = 0 } }),
            ["GetMailbox"] = scene => scene.AtNewMailboxAsync(),
            ["UpdateMailbox"] = async scene => await scene.AtNewMailboxAsync() with { Body = new { subscribed = false } },
            ["DeleteMailbox"] = scene => scene.AtNewMailboxAsync(),

            ["ListMessages"] = async scene => (await scene.AtNewMessageAsync()) with { Path = At(("user", scene.User.Id), ("mailbox", scene.Inbox.Id)).Path },
            ["GetMessage"] = scene => scene.AtNewMessageAsync(),
            ["GetRawMessage"] = scene => scene.AtNewMessageAsync(),
            ["UpdateMessage"] = async scene => await scene.AtNewMessageAsync() with { Body = new { seen = true, flagged = true } },
            ["MoveMessage"] = async scene => await scene.AtNewMessageAsync() with { Body = new { mailbox = (await scene.AtNewMailboxAsync()).Path["mailbox"] } },
            ["DeleteMessage"] = scene => scene.AtNewMessageAsync(),

            ["SearchMessages"] = async scene => (await scene.AtNewMessageAsync()) with { Query = "?limit=5" },
            ["GetMessagePart"] = scene => scene.AtNewPartAsync(),
            ["UpdateMessages"] = async scene => await scene.AtNewMessagesAsync(ids => new { messages = ids, seen = true }),
            ["MoveMessages"] = async scene =>
            {
                var target = (await scene.AtNewMailboxAsync()).Path["mailbox"];
                return await scene.AtNewMessagesAsync(ids => new { messages = ids, mailbox = target });
            },
            ["DeleteMessages"] = async scene => await scene.AtNewMessagesAsync(ids => new { messages = ids }),

            ["ListFilters"] = scene => scene.AtNewFilterAsync(),
            ["CreateFilter"] = scene => Now(scene.AtUser() with { Body = Filter }),
            ["GetFilter"] = scene => scene.AtNewFilterAsync(),
            ["ReplaceFilter"] = async scene => await scene.AtNewFilterAsync() with { Body = Filter },
            ["OrderFilters"] = async scene => await NewFiltersAsync(scene),
            ["DeleteFilter"] = scene => scene.AtNewFilterAsync(),
            ["TryFilter"] = async scene => await scene.AtNewMessageAsync() with { Body = new { filter = new { query = new { from = "a" }, action = new { seen = true } }, count = 5 } },
            ["ExplainMessage"] = async scene =>
            {
                var message = await scene.AtNewMessageAsync();
                return message with { Body = new { message = message.Path["message"] } };
            },

            ["SearchDeliveries"] = async scene => await scene.AtDeliveryAsync() with { Query = $"?user={scene.User.Id}&outcome=stored" },
            ["GetDelivery"] = scene => scene.AtDeliveryAsync(),
            ["WatchDeliveries"] = Always(Plain),

            ["ListApiKeys"] = scene => scene.AtNewKeyAsync(),
            ["CreateApiKey"] = _ => Now(With(new { name = "contract", scope = "read", expires = DateTimeOffset.UtcNow.AddDays(1) })),
            ["GetApiKey"] = scene => scene.AtNewKeyAsync(),
            ["RevokeApiKey"] = scene => scene.AtNewKeyAsync(),
            ["SearchAudit"] = scene => Now(new ContractRequest { Query = $"?target={scene.User.Id}" }),

            ["GetAuditEntry"] = async scene => At(("entry", await scene.AuditEntryAsync())),

            ["SetQuota"] = scene => Now(scene.AtUser() with { Body = new { quota = 5_000_000_000L }, IfMatch = "*" }),
            ["ListQuotaRecalculations"] = scene => scene.AtRecalculationAsync(),
            ["StartQuotaRecalculation"] = async scene =>
            {
                await scene.AtRecalculationAsync();
                return With(new { domain = "contract.test" });
            },
            ["GetQuotaRecalculation"] = scene => scene.AtRecalculationAsync(),
            ["CancelQuotaRecalculation"] = scene => scene.AtRecalculationAsync(),

            ["ListRateLimits"] = Always(Plain),
            ["ListRateLimitOverrides"] = scene => scene.AtOverrideAsync(),
            ["GetRateLimitOverride"] = scene => scene.AtOverrideAsync(),
            ["SetRateLimitOverride"] = async scene => await scene.AtOverrideAsync() with { Body = new { count = 7, periodSeconds = 60 }, IfMatch = "*" },
            ["DeleteRateLimitOverride"] = scene => scene.AtOverrideAsync(),
            ["GetUserLimits"] = scene => Now(scene.AtUser()),
            ["ResetUserCounter"] = scene => Now(At(("user", scene.User.Id), ("name", "recipient_user_messages"))),
            ["GetDomainLimits"] = Always(At(("domain", "contract.test"))),
            ["ResetDomainCounter"] = Always(At(("domain", "contract.test"), ("name", "sender_domain_messages"))),
            ["GetSenderLimits"] = Always(At(("sender", "a@contract.test"))),
            ["ResetSenderCounter"] = Always(At(("sender", "a@contract.test"), ("name", "sender_messages"))),
            ["GetClientLimits"] = Always(At(("client", "192.0.2.1"))),
            ["ResetClientCounter"] = Always(At(("client", "192.0.2.1"), ("name", "client_connections"))),

            ["GetStatistics"] = Always(Plain),
            ["GetCurrentStatistics"] = Always(Plain),
            ["GetServer"] = Always(Plain),
            ["GetServerHealth"] = Always(Plain),
            ["GetStats"] = Always(Plain),
            ["GetConfiguration"] = Always(Plain),
            ["ListConnections"] = scene => scene.AtConnectionAsync(),
            ["CloseConnection"] = scene => scene.AtConnectionAsync(),
            ["ConnectToServer"] = scene => Now(With(new { host = "127.0.0.1", port = scene.LmtpPort, timeout = 60_000 })),
            ["ConnectToServerByQuery"] = scene => Now(scene.ConnectQuery()),
            ["SendTestMessage"] = scene => Now(With(new { host = "127.0.0.1", port = scene.LmtpPort, from = "a@example.org", to = new[] { scene.User.Address, ContractScene.NewAddress() }, timeout = 60_000 })),

            ["CreateSimpleMailbox"] = _ => Now(With(new { username = ContractScene.NewAddress(), password = "secret" })),
            ["ListSimpleMailboxes"] = Always(Plain),
            ["DeleteSimpleMailbox"] = scene => scene.AtSimpleMailboxAsync(),
            ["ChangeSimplePassword"] = scene => scene.AtSimpleMailboxAsync(new { oldPassword = "secret", newPassword = "other" }),

            ["AddPortalLink"] = _ => Now(With(new { role = nameof(PortalRole.Support), hours = 1 })),
            ["FindPortalLink"] = async scene => With(await scene.NewLinkAsync()),
            ["RedeemPortalLink"] = async scene => With(await scene.NewLinkAsync()),
            ["RestorePortalLink"] = async scene => With(await scene.RedeemedLinkAsync()),
            ["ListPortalAccounts"] = async scene => At(("account", (await scene.NewAccountAsync()).Id)),
            ["AddPortalAccount"] = _ => Now(With(new { name = ApiSystem.NewName("contract"), normalizedName = ApiSystem.NewName("CONTRACT") })),
            ["GetPortalAccount"] = async scene => At(("account", (await scene.NewAccountAsync()).Id)),
            ["GetPortalAccountByName"] = async scene => At(("normalizedName", (await scene.NewAccountAsync()).NormalizedName)),
            ["ReplacePortalAccount"] = async scene =>
            {
                var account = await scene.NewAccountAsync();
                return At(("account", account.Id)) with { Body = account with { Role = PortalRole.Support } };
            },
            ["DeletePortalAccount"] = async scene => At(("account", (await scene.NewAccountAsync()).Id)),
        };

    private static object Filter { get; } = new { name = "n", query = new { from = "a", hasAttachments = true }, action = new { flag = true } };

    private static Task<ContractRequest> Now(ContractRequest request) => Task.FromResult(request);

    private static Func<ContractScene, Task<ContractRequest>> Always(ContractRequest request) => _ => Now(request);

    private static async Task<ContractRequest> NewFiltersAsync(ContractScene scene)
    {
        await scene.NewFilterAsync();
        await scene.NewFilterAsync();
        return scene.AtUser() with { Body = new { filters = await scene.FilterIdsAsync() } };
    }
}
