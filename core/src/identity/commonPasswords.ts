/** Words that most guessed passwords are made of, as leaked lists show; what surrounds them adds little. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `password passwort passwuert motdepasse kennwort parole letmein welcome willkommen bienvenue wellkomm qwerty qwertyuiop qwertzuiop qwertz
azerty azertyuiop asdfghjkl asdfgh zxcvbnm yxcvbnm iloveyou jetaime ichliebedich monkey dragon football baseball basketball soccer
fussball hockey master superman batman spiderman pokemon starwars princess princesse prinzessin sunshine sonnenschein soleil shadow
schatten michael jennifer jessica ashley daniel andrea thomas nicole charlie jordan hunter ranger harley thunder killer hello hallo
bonjour moien admin administrator administrateur root user guest test tester testing demo changeme changeit default secret geheim
geheimnis secretword trustno trustnoone computer internet samsung google facebook whatever freedom liberty summer sommer ete winter
hiver spring fruehling autumn herbst january february march april may june july august september october november december januar
februar maerz luxembourg luxemburg letzebuerg wizamart company store shop login access passwd pass passpass loveme lovely flower
blume fleur cookie banana banane orange chocolate schokolade chocolat cheese kaese fromage purple ginger pepper maggie buster
tigger bailey mustang porsche ferrari mercedes corvette chelsea arsenal liverpool barcelona juventus madrid bayern paris london
berlin newyork america matrix internetuser qazwsx qazwsxedc abcdef abcdefg abcdefgh abcdefghij abcd abc alphabet zaqxsw aaaa
correcthorsebatterystaple opensesame sesame killerqueen hellothere helloworld iloveu mylove myloveyou baby babygirl angel engel
ange love liebe amour blink nothing nichts rien nothingness password passwordpassword adminadmin`.split(
    /\s+/,
  ),
);
