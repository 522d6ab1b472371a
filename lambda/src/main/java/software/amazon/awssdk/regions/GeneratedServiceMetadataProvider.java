package software.amazon.awssdk.regions;

/**
 * Takes the place of the SDK's class of this name in the function's jar.
 *
 * <p>The SDK's one loads a class for each of the 300 services when the first client is built,
 * nearly a fifth of the start of this function. A client generated today asks it for nothing but
 * the Region to sign for, for which the default is right: endpoints come from the rules in the
 * service's model.
 */
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {

  /** None, so that the SDK falls back on its default for services that it does not know. */
  @Override
  public ServiceMetadata serviceMetadata(String endpointPrefix) {
    return null;
  }
}
