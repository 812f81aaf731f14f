using System.ComponentModel;
using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Addresses;

/// <summary><c>/api/v1/addresses/resolve</c>: what the server would make of a recipient, by the way that RCPT goes.</summary>
internal static class AddressResolutionEndpoints
{
    private const int MaxAddressLength = 320;

    public static void MapAddressResolution(this RouteGroupBuilder api) =>
        api.MapGet("/addresses/resolve", ResolveAsync).WithTags("Addresses")
            .WithName("ResolveAddress")
            .WithSummary("Tells step by step who has an address, as RCPT would find out; rate limits are neither asked nor counted.");

    private static async Task<Results<Ok<AddressResolutionResponse>, ValidationProblem>> ResolveAsync(
        [FromQuery, Description("The address, as an MTA would name it.")] string address,
        RecipientResolver resolver,
        AddressStore addresses,
        UserStore users,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Text("address", address, MaxAddressLength);
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
        {
            errors.Add("address", "Needs a local part, an @ and a domain.");
        }

        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var verdict = await resolver.ExplainAsync(new ForwardPath(address.Trim()), cancellationToken);
        var user = verdict.User is { } id ? await users.GetAsync(id, cancellationToken) : null;
        var entry = ObjectId.TryParse(verdict.Recipient?.AddressId, out var addressId)
            ? await addresses.GetAsync(addressId, cancellationToken)
            : null;
        return TypedResults.Ok(new AddressResolutionResponse
        {
            Address = address.Trim(),
            Accepted = verdict.Status == DeliveryStatus.Accepted,
            Outcome = DeliveryStatusNames.Of(verdict.Status),
            Steps = [.. (verdict.Resolution ?? []).Select(step => new ResolutionStepResponse(step.Step, step.Result))],
            Found = entry?.Address,
            User = user?.Id.ToString(),
            Username = user?.Username,
            Targets = [.. (entry?.Targets ?? []).Select(target => target.Value)],
        });
    }
}
