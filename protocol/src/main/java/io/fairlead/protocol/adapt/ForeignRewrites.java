package io.fairlead.protocol.adapt;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Identity;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolUse;

import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out what only other protocols know, for those that have words of their own for such
 * things. Stateless: any thread.
 */
public final class ForeignRewrites {
    private ForeignRewrites() {}

    /** For FOREIGN: steps of this protocol's own stay. */
    public static Rewrite partsOf(Protocol own) {
        return (request, model) ->
                PartRewrite.everywhere(
                        request,
                        part ->
                                part instanceof Foreign foreign && foreign.origin() != own
                                        ? null
                                        : part);
    }

    /** For TOOL_HOSTED: tools of this protocol's own stay; a choice of a lost one goes with it. */
    public static Rewrite hostedBy(Protocol own) {
        return (request, model) -> {
            List<Tool> kept = new ArrayList<>();
            for (Tool tool : request.tools().tools()) {
                if (!(tool instanceof Tool.Hosted hosted) || hosted.origin() == own) {
                    kept.add(tool);
                }
            }
            ToolUse use = ChoiceRewrites.kept(request.tools(), kept);
            return Identity.same(use, request.tools()) ? request : request.withTools(use);
        };
    }
}
