package io.sparkgate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import software.amazon.awscdk.services.elasticloadbalancingv2.ITrustStore;

/** How an endpoint knows who calls. There is no endpoint without. */
public abstract sealed class Authentication {

  private Authentication() {}

  /**
   * Certificates that people present to the load balancer. The server takes a call only under the
   * name that the certificate has (its CN), so that colleagues keep out of each other's sessions.
   *
   * @param trustStore with the authorities that issue them
   * @return the authentication
   */
  public static Authentication mutualTls(ITrustStore trustStore) {
    return new MutualTls(requireNonNull(trustStore, "trustStore"));
  }

  /**
   * One token for all, made beside the cluster and kept in Secrets Manager. It says that a caller
   * may come in and not who it is: whoever has it may use any name, and every query can read it.
   *
   * @return the authentication
   */
  public static Authentication token() {
    return new Token();
  }

  /** {@return what clients are told: {@code mutual-tls} or {@code token}} */
  public abstract String getKind();

  /** The class in the server that checks it. */
  abstract String interceptor();

  abstract Optional<ITrustStore> trustStore();

  boolean isByToken() {
    return trustStore().isEmpty();
  }

  private static final class MutualTls extends Authentication {

    private final ITrustStore trustStore;

    MutualTls(ITrustStore trustStore) {
      this.trustStore = trustStore;
    }

    @Override
    public String getKind() {
      return "mutual-tls";
    }

    @Override
    String interceptor() {
      return "OwnerInterceptor";
    }

    @Override
    Optional<ITrustStore> trustStore() {
      return Optional.of(trustStore);
    }
  }

  private static final class Token extends Authentication {

    @Override
    public String getKind() {
      return "token";
    }

    @Override
    String interceptor() {
      return "TokenInterceptor";
    }

    @Override
    Optional<ITrustStore> trustStore() {
      return Optional.empty();
    }
  }
}
