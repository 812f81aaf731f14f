using System.Text.Json.Serialization;

namespace Lmtp.Contracts;

/// <summary>How the records of the API are written as JSON, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AddAddressRequest))]
[JsonSerializable(typeof(AddressResponse))]
[JsonSerializable(typeof(UpdateAddressRequest))]
[JsonSerializable(typeof(AutoreplyResponse))]
[JsonSerializable(typeof(SetAutoreplyRequest))]
[JsonSerializable(typeof(ForwardedAddressResponse))]
[JsonSerializable(typeof(PageResponse<ForwardedAddressResponse>))]
[JsonSerializable(typeof(CreateForwardedAddressRequest))]
[JsonSerializable(typeof(UpdateForwardedAddressRequest))]
[JsonSerializable(typeof(DomainAliasResponse))]
[JsonSerializable(typeof(PageResponse<DomainAliasResponse>))]
[JsonSerializable(typeof(CreateDomainAliasRequest))]
[JsonSerializable(typeof(MailboxResponse))]
[JsonSerializable(typeof(CreateMailboxRequest))]
[JsonSerializable(typeof(UpdateMailboxRequest))]
[JsonSerializable(typeof(MessageSummaryResponse))]
[JsonSerializable(typeof(UpdateMessageRequest))]
[JsonSerializable(typeof(MoveMessageRequest))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(CreatedApiKeyResponse))]
[JsonSerializable(typeof(PageResponse<ApiKeyResponse>))]
[JsonSerializable(typeof(PageResponse<AuditEntryResponse>))]
[JsonSerializable(typeof(IReadOnlyList<AddressResponse>))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(PageResponse<UserResponse>))]
[JsonSerializable(typeof(IReadOnlyList<MailboxResponse>))]
[JsonSerializable(typeof(PageResponse<MessageSummaryResponse>))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(LmtpConnectRequest))]
[JsonSerializable(typeof(LmtpConnectResponse))]
[JsonSerializable(typeof(LmtpSendRequest))]
[JsonSerializable(typeof(LmtpSendResponse))]
[JsonSerializable(typeof(LmtpStatsResponse))]
[JsonSerializable(typeof(SimpleMailboxRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(PageResponse<SimpleMailboxResponse>))]
[JsonSerializable(typeof(PortalAccount))]
[JsonSerializable(typeof(IReadOnlyList<PortalAccount>))]
[JsonSerializable(typeof(PortalLinkRequest))]
[JsonSerializable(typeof(PortalLinkResponse))]
[JsonSerializable(typeof(PortalLinkToken))]
[JsonSerializable(typeof(ServerResponse))]
[JsonSerializable(typeof(PageResponse<DeliverySummaryResponse>))]
[JsonSerializable(typeof(DeliveryResponse))]
[JsonSerializable(typeof(ProblemResponse))]
public sealed partial class LmtpJsonContext : JsonSerializerContext;
