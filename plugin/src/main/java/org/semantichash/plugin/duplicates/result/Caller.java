// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.elasticsearch.common.util.concurrent.ThreadContext;

/**
 * Who makes a request, as Elasticsearch's security knows them. Results belong to a user of a realm
 * (or to one API key), as those of async searches do, and by the same rule: security's own {@code
 * canAccessResourcesOf}. A plugin cannot be compiled against security, so its public methods are
 * called by reflection; where one is missing, all access is denied.
 */
public final class Caller {

  /** Security keeps the authentication under this name, as an object and as a header. */
  private static final String AUTHENTICATION = "_xpack_security_authentication";

  private static final String SERIALIZER =
      "org.elasticsearch.xpack.core.security.authc.support.AuthenticationContextSerializer";

  private static final String SUPERUSER = "superuser";

  private final Object authentication;
  private final String encoded;

  private Caller(Object authentication, String encoded) {
    this.authentication = authentication;
    this.encoded = encoded;
  }

  /** The user whose request runs in this context; anybody where security is off. */
  public static Caller of(ThreadContext context) {
    return new Caller(context.getTransient(AUTHENTICATION), context.getHeader(AUTHENTICATION));
  }

  /** What is stored to recognize them later; null where security is off. */
  public String encoded() {
    return encoded;
  }

  /**
   * Whether they may see what an owner has stored.
   *
   * @param owner what {@link #encoded} gave; null when security was off
   */
  boolean mayAccess(String owner) {
    return authentication == null || owns(owner) || isSuperuser();
  }

  private boolean owns(String owner) {
    if (owner == null) {
      return false;
    }
    Object other = callStatic("decode", owner);
    return (boolean) call(authentication, "canAccessResourcesOf", other);
  }

  /** Whether they have the role of that name; anybody where security is off. */
  public boolean isSuperuser() {
    if (authentication == null) {
      return true;
    }
    Object user = call(call(authentication, "getEffectiveSubject"), "getUser");
    return Arrays.asList((String[]) call(user, "roles")).contains(SUPERUSER);
  }

  private Object callStatic(String method, String argument) {
    try {
      return Class.forName(SERIALIZER, true, authentication.getClass().getClassLoader())
          .getMethod(method, String.class)
          .invoke(null, argument);
    } catch (ReflectiveOperationException e) {
      throw unknown(method, e);
    }
  }

  private static Object call(Object target, String method, Object... arguments) {
    Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
    try {
      return target.getClass().getMethod(method, types).invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      throw unknown(method, e);
    }
  }

  private static IllegalStateException unknown(String method, ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
    return new IllegalStateException(
        "[" + method + "] of Elasticsearch's security must tell who asks, got [" + cause + "]", e);
  }
}
