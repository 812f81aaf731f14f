using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>What came of making a user.</summary>
/// <param name="Status">Whether the user was made, else why not.</param>
/// <param name="Id">The new <c>users._id</c>; empty when none was made.</param>
public readonly record struct CreateUserResult(CreateUserStatus Status, ObjectId Id = default);
