package io.sparkgate.server;

import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Binds {@code user_id} to the client certificate that the load balancer verified: the common name
 * in {@code x-amzn-mtls-clientcert-subject}. Who says another's name is told {@code
 * PERMISSION_DENIED}; without this, whoever sends another's {@code user_id} and session is in it.
 */
public final class OwnerInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> SUBJECT =
      Metadata.Key.of("x-amzn-mtls-clientcert-subject", Metadata.ASCII_STRING_MARSHALLER);

  /** Made by Spark, as {@code spark.connect.grpc.interceptor.classes} says. */
  public OwnerInterceptor() {}

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Iterable<String> all = headers.getAll(SUBJECT);
    List<String> subjects = new ArrayList<>();
    if (all != null) {
      all.forEach(subjects::add);
    }
    return Inspection.of(call, headers, next, request -> refusal(Requests.user(request), subjects));
  }

  /** What a user is refused with; null where the one certificate is his. */
  static @Nullable Status refusal(@Nullable String user, List<String> subjects) {
    // Two of them: one is the client's own invention, and none can tell which.
    if (subjects.size() != 1) {
      return denied(
          "the call came with "
              + (subjects.isEmpty() ? "no" : "more than one")
              + " verified client certificate; connect through the load balancer");
    }
    List<String> names = commonNames(subjects.get(0));
    if (names.size() != 1) {
      return denied(
          "the certificate is of %s, which has %s common name; take one that names its owner in one CN"
              .formatted(subjects.get(0), names.isEmpty() ? "no" : "more than one"));
    }
    String owner = names.get(0);
    return owner.equals(user)
        ? null
        : denied(
            "user_id is '%s', but the certificate is %s's; connect with user_id=%s"
                .formatted(user == null ? "" : user, owner, owner));
  }

  private static Status denied(String why) {
    return Status.PERMISSION_DENIED.withDescription(why);
  }

  /** Of a distinguished name; none where it is no such name. */
  private static List<String> commonNames(String subject) {
    List<String> names = new ArrayList<>();
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        Attribute name = part.toAttributes().get("CN");
        for (int i = 0; name != null && i < name.size(); i++) {
          names.add(String.valueOf(name.get(i)));
        }
      }
    } catch (InvalidNameException e) {
      return List.of();
    } catch (NamingException e) {
      throw new IllegalStateException(e); // Of values that are looked up elsewhere; these are here.
    }
    return names;
  }
}
